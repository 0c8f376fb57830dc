package dev.hostseed.core.scan;

import static dev.hostseed.core.scan.Severity.HIGH;
import static dev.hostseed.core.scan.Severity.LOW;
import static dev.hostseed.core.scan.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;

/// What is looked for in texts.
final class ContentRules {
    /// For every text.
    static final List<Finder> ALL = List.of(
            new PrivateKeyFinder(),
            new PuttyKeyFinder(),
            new AwsFinder(),
            named(
                    AwsFinder.SECRET,
                    4,
                    "[A-Za-z0-9/+]{40}",
                    "aws_secret_access_key",
                    "AWS_SECRET_ACCESS_KEY",
                    "SecretAccessKey",
                    "secretAccessKey",
                    "aws_secret_key"),
            token(
                    "github-token",
                    HIGH,
                    "a token of GitHub",
                    3,
                    "ghp_[A-Za-z0-9]{36}",
                    "gho_[A-Za-z0-9]{36}",
                    "ghu_[A-Za-z0-9]{36}",
                    "ghs_[A-Za-z0-9]{36}",
                    "ghr_[A-Za-z0-9]{36}",
                    "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
            token(
                    "gitlab-token",
                    HIGH,
                    "a token of GitLab",
                    3,
                    "glpat-[A-Za-z0-9_.-]{20,300}",
                    "gldt-[A-Za-z0-9_-]{20,64}",
                    "glrt-[A-Za-z0-9_.-]{20,300}",
                    "glcbt-[A-Za-z0-9_-]{20,64}",
                    "glptt-[0-9a-f]{40}",
                    "gloas-[A-Za-z0-9_-]{64}"),
            token(
                    "slack-token",
                    HIGH,
                    "a token of Slack",
                    2.5,
                    "xoxb-[A-Za-z0-9-]{20,200}",
                    "xoxp-[A-Za-z0-9-]{20,200}",
                    "xoxa-[A-Za-z0-9-]{20,200}",
                    "xoxr-[A-Za-z0-9-]{20,200}",
                    "xoxs-[A-Za-z0-9-]{20,200}",
                    "xoxe-[A-Za-z0-9-]{20,200}",
                    "xapp-[A-Za-z0-9-]{20,200}"),
            token(
                    "slack-webhook",
                    HIGH,
                    "a webhook of Slack",
                    3,
                    "https://hooks.slack.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}"),
            token(
                    "discord-webhook",
                    HIGH,
                    "a webhook of Discord",
                    3,
                    "https://discord.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,72}",
                    "https://discordapp.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,72}"),
            token(
                    "stripe-key",
                    HIGH,
                    "a live key of Stripe",
                    3,
                    "sk_live_[A-Za-z0-9]{16,120}",
                    "rk_live_[A-Za-z0-9]{16,120}",
                    "whsec_[A-Za-z0-9+/=]{32,64}"),
            token(
                    "stripe-test-key",
                    LOW,
                    "a test key of Stripe",
                    3,
                    "sk_test_[A-Za-z0-9]{16,120}",
                    "rk_test_[A-Za-z0-9]{16,120}"),
            token("npm-token", HIGH, "a token of the npm registry", 3, "npm_[A-Za-z0-9]{36}"),
            token(
                    "pypi-token",
                    HIGH,
                    "a token of PyPI",
                    3,
                    "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1000}",
                    "pypi-AgENdGVzdC5weXBpLm9yZw[A-Za-z0-9_-]{50,1000}"),
            token("rubygems-key", HIGH, "a key of RubyGems", 3, "rubygems_[0-9a-f]{48}"),
            token(
                    "docker-token",
                    HIGH,
                    "a token of Docker Hub",
                    3,
                    "dckr_pat_[A-Za-z0-9_-]{27}",
                    "dckr_oat_[A-Za-z0-9_-]{32}"),
            token(
                    "huggingface-token",
                    HIGH,
                    "a token of Hugging Face",
                    3,
                    "hf_[A-Za-z0-9]{34}",
                    "api_org_[A-Za-z0-9]{34}"),
            token(
                    "openai-key",
                    HIGH,
                    "a key of OpenAI",
                    3,
                    "sk-proj-[A-Za-z0-9_-]{40,200}",
                    "sk-svcacct-[A-Za-z0-9_-]{40,200}",
                    "sk-admin-[A-Za-z0-9_-]{40,200}",
                    "sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}"),
            token("anthropic-key", HIGH, "a key of Anthropic", 3, "sk-ant-[A-Za-z0-9_-]{32,200}"),
            token("google-api-key", MEDIUM, "an API key of Google", 3, "AIza[A-Za-z0-9_-]{35}"),
            token("google-oauth-secret", HIGH, "a client secret of Google", 3, "GOCSPX-[A-Za-z0-9_-]{28}"),
            named(
                    rule(
                            "azure-storage-key",
                            HIGH,
                            "a key of an Azure storage account",
                            "88 characters of base 64 after `AccountKey`"),
                    4,
                    "[A-Za-z0-9+/]{86}",
                    "AccountKey"),
            named(
                    rule(
                            "azure-access-key",
                            HIGH,
                            "a shared access key of Azure",
                            "44 characters of base 64 after `SharedAccessKey`"),
                    4,
                    "[A-Za-z0-9+/]{43}",
                    "SharedAccessKey"),
            token(
                    "azure-client-secret",
                    HIGH,
                    "a client secret of Azure",
                    3.5,
                    "[A-Za-z0-9_~.]{3}7Q~[A-Za-z0-9_~.-]{31,34}",
                    "[A-Za-z0-9_~.]{3}8Q~[A-Za-z0-9_~.-]{31,34}"),
            token(
                    "jwt",
                    MEDIUM,
                    "a JSON web token",
                    3,
                    "eyJhbGciOi[A-Za-z0-9_-]{8,1024}.eyJ[A-Za-z0-9_-]{8,4096}.[A-Za-z0-9_-]{16,1024}",
                    "eyJ0eXAiOi[A-Za-z0-9_-]{8,1024}.eyJ[A-Za-z0-9_-]{8,4096}.[A-Za-z0-9_-]{16,1024}",
                    "eyJraWQiOi[A-Za-z0-9_-]{8,1024}.eyJ[A-Za-z0-9_-]{8,4096}.[A-Za-z0-9_-]{16,1024}"),
            token("age-key", HIGH, "a key of age", 3, "AGE-SECRET-KEY-1[A-Z0-9]{58}"),
            token(
                    "vault-token",
                    HIGH,
                    "a token of Vault",
                    3,
                    "hvs.[A-Za-z0-9_-]{24,300}",
                    "hvb.[A-Za-z0-9_-]{24,300}",
                    "hvr.[A-Za-z0-9_-]{24,300}"),
            token("terraform-token", HIGH, "a token of Terraform", 3, "[A-Za-z0-9]{14}.atlasv1.[A-Za-z0-9_=-]{60,70}"),
            token(
                    "digitalocean-token",
                    HIGH,
                    "a token of DigitalOcean",
                    3,
                    "dop_v1_[0-9a-f]{64}",
                    "doo_v1_[0-9a-f]{64}",
                    "dor_v1_[0-9a-f]{64}"),
            token("sendgrid-key", HIGH, "a key of SendGrid", 3, "SG.[A-Za-z0-9_-]{22}.[A-Za-z0-9_-]{43}"),
            token("telegram-token", HIGH, "a token of a Telegram bot", 3, "[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
            token(
                    "shopify-token",
                    HIGH,
                    "a token of Shopify",
                    3,
                    "shpat_[0-9a-fA-F]{32}",
                    "shpss_[0-9a-fA-F]{32}",
                    "shpca_[0-9a-fA-F]{32}",
                    "shppa_[0-9a-fA-F]{32}"),
            token(
                    "grafana-token",
                    HIGH,
                    "a token of Grafana",
                    3,
                    "glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}",
                    "glc_[A-Za-z0-9+/=]{60,400}"),
            token("databricks-token", HIGH, "a token of Databricks", 3, "dapi[0-9a-f]{32}"),
            token(
                    "atlassian-token",
                    HIGH,
                    "a token of Atlassian",
                    3,
                    "ATATT3xFfGF0[A-Za-z0-9_=-]{100,250}",
                    "ATBB[A-Za-z0-9]{24,36}"),
            token("pulumi-token", HIGH, "a token of Pulumi", 3, "pul-[0-9a-f]{40}"),
            token(
                    "planetscale-token",
                    HIGH,
                    "a password or token of PlanetScale",
                    3,
                    "pscale_tkn_[A-Za-z0-9_=.-]{32,64}",
                    "pscale_pw_[A-Za-z0-9_=.-]{32,64}"),
            token(
                    "tailscale-key",
                    HIGH,
                    "a key of Tailscale",
                    3,
                    "tskey-auth-[A-Za-z0-9-]{20,100}",
                    "tskey-api-[A-Za-z0-9-]{20,100}",
                    "tskey-client-[A-Za-z0-9-]{20,100}"),
            token("linear-key", HIGH, "a key of Linear", 3, "lin_api_[A-Za-z0-9]{40}"),
            token("postman-key", HIGH, "a key of Postman", 3, "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
            token(
                    "sentry-token",
                    HIGH,
                    "a token of Sentry",
                    3,
                    "sntryu_[0-9a-f]{64}",
                    "sntrys_eyJ[A-Za-z0-9+/=_-]{60,400}"),
            named(
                    rule(
                            "wireguard-key",
                            HIGH,
                            "a private key of WireGuard",
                            "43 characters of base 64 and `=` after `PrivateKey`"),
                    4,
                    "[A-Za-z0-9+/]{43}",
                    "PrivateKey =",
                    "PrivateKey="),
            new UrlFinder());

    /// For files of settings.
    static final List<Finder> SETTINGS = with(ALL, new AssignmentFinder());

    private ContentRules() {}

    private static TokenFinder token(String id, Severity severity, String what, double least, String... shapes) {
        var where = String.join(
                ", ", List.of(shapes).stream().map(shape -> "`" + shape + "`").toList());
        return TokenFinder.of(rule(id, severity, what, where), least, shapes);
    }

    private static NamedFinder named(SecretRule rule, double least, String value, String... names) {
        return NamedFinder.of(rule, least, value, names);
    }

    private static SecretRule rule(String id, Severity severity, String what, String where) {
        return new SecretRule(id, severity, what, where);
    }

    private static List<Finder> with(List<Finder> finders, Finder more) {
        var all = new ArrayList<>(finders);
        all.add(more);
        return List.copyOf(all);
    }
}
