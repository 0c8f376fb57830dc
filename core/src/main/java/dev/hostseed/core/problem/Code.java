package dev.hostseed.core.problem;

/// The rule that a problem or a failure is about, for programs: it stays the same when words change.
///
/// A constant is a row of hostseed's catalogue of faults, or one of the rules that stand in no row: `L` for the
/// language
/// of Compose, `X` for what ended a command. Each is explained in `docs/reference/messages.md`.
public enum Code {
    Y01("a file is too large"),
    Y04("more values than anyone writes, with what aliases repeat"),
    Y05("an alias without its anchor"),
    Y06("a key is written twice"),
    Y07("a key that nobody knows"),
    Y09("nothing, or no mapping, where a Compose file should be"),
    Y10("the text is not YAML"),
    Y11("the bytes are not UTF-8"),
    Y12("a control character"),
    Y13("a character that YAML takes for a line break and an editor does not"),
    Y14("characters that cannot be seen"),
    Y15("a word that older YAML takes for a truth"),
    Y16("a number or a truth where a text must stand"),
    Y17("nested too deeply"),
    Y19("a tag without a meaning"),
    Y20("a key that is no text"),
    Y22("a file that is not there, or is no regular file"),
    Y23("files or services that lead back to themselves, or out of the project"),
    I01("a variable that is not set"),
    I04("defaults nested too deeply"),
    I05("a variable that is not written as one"),
    I06("variables that make too much text"),
    U08("half a character, or one that is none"),
    U09("an argument or a variable that Linux takes in no program"),
    U12("not the name of a variable, or a variable without a value"),
    U16("not a duration, an amount or a number in its range"),
    U17("services that wait for each other"),
    N01("not a name for a service, a network or a volume"),
    N03("a name too long for a unit"),
    N04("two things of one name"),
    N06("not the name of a host"),
    N07("not an image reference"),
    N09("not a user, a group or a public key"),
    P01("a path or a mount that cannot be made"),
    P02("a container that reaches the host", true),
    P03("a bind without its source"),
    P05("not a mode of a file"),
    P07("two files or mounts at one place"),
    P08("not a port"),
    P09("two services on one port of the host"),
    P11("a volume, a network or an address that is not described"),
    C04("a value of cloud-config that cloud-init does not take"),
    C05("a password in clear", true),
    C11("a seed that carries a secret"),
    K01("the text of a secret in a Compose file"),
    K02("a secret in a file that is open to others"),
    K06("a secret in an image"),
    B20("an image for another platform"),
    B23("a lock without the signature of a trusted key"),
    B24("a lock older than one that this host had"),
    B28("a registry that does not answer, refuses, or gives something else"),
    D01("no Docker Engine answers"),
    D11("the Docker Engine went away within its answer"),
    D12("the Docker Engine hangs"),
    D16("the Docker Engine's disk is full"),
    D20("an image in the Docker Engine's store is damaged"),
    D14("the Docker Engine refused"),
    S08("another run holds the lock"),
    S20("systemd refused"),
    N05("a unit that is not ours"),
    L00("any other rule"),
    L01("a value of another kind than its key takes"),
    L02("a value that its key does not take"),
    L03("something that must be said is missing"),
    L04("what is referred to is not there"),
    L05("keys that exclude or contradict each other"),
    L06("known to Compose, but not to hostseed yet"),
    L07("without effect on such a host"),
    L08("values that cannot be merged"),
    X1("a bug in hostseed"),
    X2("a command line that is none"),
    X4("a bundle, a digest or a signature is not acceptable"),
    X7("a file or a socket of this machine failed"),
    X9("refused by policy");

    private final String meaning;
    private final boolean policy;

    Code(String meaning) {
        this(meaning, false);
    }

    Code(String meaning, boolean policy) {
        this.meaning = meaning;
        this.policy = policy;
    }

    /// In a few words, for whoever looks it up.
    public String meaning() {
        return meaning;
    }

    /// Whether hostseed could do it, and with `--strict` refuses to.
    public boolean isPolicy() {
        return policy;
    }

    /// As it is printed: `HS-Y06`.
    @Override
    public String toString() {
        return "HS-" + name();
    }
}
