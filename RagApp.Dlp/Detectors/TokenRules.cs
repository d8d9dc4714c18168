using System.Buffers;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Rules for tokens whose form shows the issuer, as the issuers document it. Public keys and ids that grant no access are left
/// out.
/// </summary>
internal static class TokenRules
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Decimal = "0123456789";

    private static readonly SearchValues<char> Base32 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    private static readonly SearchValues<char> Bech32 = SearchValues.Create("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Letters + Decimal);
    private static readonly SearchValues<char> Lower = SearchValues.Create("abcdefghijklmnopqrstuvwxyz" + Decimal);
    private static readonly SearchValues<char> Base64 = SearchValues.Create(Letters + Decimal + "+/=");
    private static readonly SearchValues<char> Url = SearchValues.Create(Letters + Decimal + "_-");
    private static readonly SearchValues<char> Dashed = SearchValues.Create(Letters + Decimal + "-");
    private static readonly SearchValues<char> Dotted = SearchValues.Create(Letters + Decimal + "_-.");
    private static readonly SearchValues<char> Escaped = SearchValues.Create(Letters + Decimal + "%+/=");
    private static readonly SearchValues<char> Path = SearchValues.Create(Letters + Decimal + "/");

    public static readonly IReadOnlyList<TokenRule> All =
    [
        // Amazon
        .. Each(["AKIA", "ASIA", "ABIA", "ACCA"], prefix => new TokenRule(prefix, Base32, 16, 16)),
        .. Each(
            ["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "aws_secret_key", "AWS_SECRET_KEY", "SecretAccessKey", "secretAccessKey", "Secret access key", "Secret Access Key"],
            label => new TokenRule(label, Base64, 40, 40) { PrefixIsLabel = true, MinEntropy = 4.0 }),

        // Google
        new("AIza", Url, 35, 35),
        new("GOCSPX-", Url, 28, 28),
        new("ya29.", Url, 40, 500),

        // Azure
        .. Each(["AccountKey=", "SharedAccessKey="], label => new TokenRule(label, Base64, 43, 88) { PrefixIsLabel = true, MinEntropy = 4.0 }),
        new("sig=", Escaped, 43, 80) { PrefixIsLabel = true, MinEntropy = 4.0, IsValid = token => token.EndsWith("=") || token.EndsWith("%3D", StringComparison.OrdinalIgnoreCase) },

        // Code hosts and package registries
        .. Each(["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], prefix => new TokenRule(prefix, Alphanumeric, 36, 36) { IsValid = TokenChecksum.Holds }),
        new("github_pat_", SearchValues.Create(Letters + Decimal + "_"), 82, 82),
        .. Each(["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "gloas-", "glsoat-", "glft-", "glimt-", "glagent-"], prefix => new TokenRule(prefix, Dotted, 20, 320)),
        new("npm_", Alphanumeric, 36, 36) { IsValid = TokenChecksum.Holds },
        new("pypi-AgE", Url, 80, 400),
        new("oy2", Lower, 43, 43), // NuGet
        new("rubygems_", Hex, 48, 48),
        new("dckr_pat_", Url, 27, 27),
        new("ATATT3xFfGF0", SearchValues.Create(Letters + Decimal + "_-="), 100, 250), // Atlassian

        // Messaging
        .. Each(["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xapp-"], prefix => new TokenRule(prefix, Dashed, 24, 250) { IsValid = HasDigit }),
        new("hooks.slack.com/services/", Path, 40, 60),
        new("SG.", Dotted, 66, 66) { IsValid = token => token[22] == '.' }, // SendGrid
        new("SK", Hex, 32, 32), // Twilio
        new("key-", Hex, 32, 32), // Mailgun

        // Payment
        .. Each(["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"], prefix => new TokenRule(prefix, Alphanumeric, 24, 250)), // Stripe
        .. Each(["shpat_", "shpss_", "shpca_", "shppa_"], prefix => new TokenRule(prefix, Hex, 32, 32)), // Shopify
        .. Each(["sq0atp-", "sq0csp-"], prefix => new TokenRule(prefix, Url, 22, 43)), // Square

        // AI models
        .. Each(["sk-proj-", "sk-svcacct-", "sk-admin-"], prefix => new TokenRule(prefix, Url, 40, 250)), // OpenAI
        new("sk-", Alphanumeric, 48, 48) { IsValid = token => token[20..28] is "T3BlbkFJ" }, // OpenAI, older
        .. Each(["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-ort01-"], prefix => new TokenRule(prefix, Url, 80, 130)), // Anthropic
        new("hf_", SearchValues.Create(Letters), 34, 34),
        new("gsk_", Alphanumeric, 52, 52), // Groq
        new("xai-", Alphanumeric, 80, 80),
        new("r8_", Alphanumeric, 37, 37), // Replicate

        // Operations
        .. Each(["dop_v1_", "doo_v1_", "dor_v1_"], prefix => new TokenRule(prefix, Hex, 64, 64)), // DigitalOcean
        new("dapi", Hex, 32, 32), // Databricks
        .. Each(["hvs.", "hvb."], prefix => new TokenRule(prefix, Url, 90, 300)), // HashiCorp Vault
        new("glsa_", SearchValues.Create(Letters + Decimal + "_"), 41, 41), // Grafana
        new("NRAK-", Alphanumeric, 27, 27), // New Relic
        new("PMAK-", Dashed, 59, 59), // Postman
        new("lin_api_", Alphanumeric, 40, 40), // Linear
        new("AGE-SECRET-KEY-1", Bech32, 58, 58),
    ];

    private static IEnumerable<TokenRule> Each(string[] prefixes, Func<string, TokenRule> rule) => prefixes.Select(rule);

    private static bool HasDigit(ReadOnlySpan<char> token) => token.IndexOfAnyInRange('0', '9') >= 0;
}
