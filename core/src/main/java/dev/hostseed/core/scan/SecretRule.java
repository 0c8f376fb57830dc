package dev.hostseed.core.scan;

/// What is looked for.
///
/// @param id stays when the words change: allow files name findings by it
/// @param severity of what it finds, unless what is found says otherwise: an encrypted key, a known sample
/// @param what is found, with its article
/// @param where it is looked for, and how it is known
public record SecretRule(String id, Severity severity, String what, String where) {}
