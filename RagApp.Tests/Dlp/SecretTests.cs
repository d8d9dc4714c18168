using System.Security.Cryptography;
using System.Text;

namespace RagApp.Tests.Dlp;

/// <summary>Detection of private keys, tokens and JWTs. All of them are generated here; none was ever valid anywhere.</summary>
public sealed class SecretTests
{
    private static readonly string Key = ECKey();

    [Fact]
    public void PrivateKey_PemOfTheFramework_IsTakenWhole()
    {
        Detection.Redact("private-key", $"Keep it:\n{Key}\nThanks.").Single().ShouldBe("Keep it:\n[PRIVATE KEY]\nThanks.");
        Detection.Redact("private-key", $"{{\"private_key\":\"{Key.ReplaceLineEndings("\\n")}\\n\"}}").Single().ShouldBe("{\"private_key\":\"[PRIVATE KEY]\\n\"}");
        Detection.Redact("private-key", $"one line {Key.ReplaceLineEndings(" ")} end").Single().ShouldBe("one line [PRIVATE KEY] end");
    }

    [Theory]
    [InlineData("RSA PRIVATE KEY")]
    [InlineData("OPENSSH PRIVATE KEY")]
    [InlineData("ENCRYPTED PRIVATE KEY")]
    [InlineData("PGP PRIVATE KEY BLOCK")]
    public void PrivateKey_EveryLabel_IsTakenWhole(string label) =>
        Detection.Redact("private-key", $"a -----BEGIN {label}-----\n\n{Body(6)}\n-----END {label}----- z").Single().ShouldBe("a [PRIVATE KEY] z");

    [Fact]
    public void PrivateKey_OverParagraphs_NothingOfItStays()
    {
        string[] paragraphs = ["Our key:", .. Key.ReplaceLineEndings("\n").Split('\n'), "The end."];
        Detection.Redact("private-key", paragraphs).Where(text => text.Length > 0).ShouldBe(["Our key:", "[PRIVATE KEY]", "The end."]);
    }

    [Fact]
    public void PrivateKey_WithoutEndOrWithTypesetDashes_IsTakenAsFarAsItGoes()
    {
        Detection.Redact("private-key", $"-----BEGIN PRIVATE KEY-----\n{Body(4)}\nThis is cut off.").Single().ShouldBe("[PRIVATE KEY]\nThis is cut off.");
        Detection.Redact("private-key", $"——-BEGIN PRIVATE KEY—–-\n{Body(4)}\n–—-END PRIVATE KEY——- done").Single().ShouldBe("[PRIVATE KEY] done");
    }

    [Fact]
    public void PrivateKey_Putty_IsTakenWhole()
    {
        var file = $"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 2\n{Body(2)}\nPrivate-Lines: 1\n{Body(1)}\nPrivate-MAC: 0123456789abcdef0123456789abcdef\nafter";
        Detection.Redact("private-key", file).Single().ShouldBe("[PRIVATE KEY]\nafter");
    }

    [Theory]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEabcdefghijklmnopqrstuvwxyzABCDEFG\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJRTES\n-----END CERTIFICATE-----")]
    [InlineData("A file that begins with -----BEGIN RSA PRIVATE KEY----- and ends with -----END RSA PRIVATE KEY----- is a key.")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----")]
    [InlineData("Never mail your PRIVATE KEY to anybody.")]
    public void PrivateKey_LookAlikes_AreNotFound(string text) => Detection.Find("private-key", text).ShouldBeEmpty();

    public static TheoryData<string> Tokens => new(
        $"AKIA{Made("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}",
        $"AIza{Made(Alphanumeric, 35)}",
        $"ghp_{WithChecksum(Made(Alphanumeric, 30))}",
        $"npm_{WithChecksum(Made(Alphanumeric, 30))}",
        $"github_pat_{Made(Alphanumeric, 22)}_{Made(Alphanumeric, 59)}",
        $"glpat-{Made(Alphanumeric, 20)}",
        $"xoxb-{Made("0123456789", 12)}-{Made("0123456789", 12)}-{Made(Alphanumeric, 24)}",
        $"sk_live_{Made(Alphanumeric, 24)}",
        $"sk-proj-{Made(Alphanumeric, 74)}T3BlbkFJ{Made(Alphanumeric, 74)}",
        $"sk-{Made(Alphanumeric, 20)}T3BlbkFJ{Made(Alphanumeric, 20)}",
        $"sk-ant-api03-{Made(Alphanumeric, 93)}AA",
        $"SG.{Made(Alphanumeric, 22)}.{Made(Alphanumeric, 43)}",
        $"hvs.{Made(Alphanumeric, 95)}",
        $"dop_v1_{Made("0123456789abcdef", 64)}",
        $"pypi-AgEIcHlwaS5vcmc{Made(Alphanumeric, 90)}");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void ApiToken_OfEveryIssuer_IsFoundWhole(string token)
    {
        Detection.Find("api-token", $"export TOKEN={token}").ShouldHaveSingleItem().ShouldBe(token);
        Detection.Find("api-token", $"Use \"{token}\".").ShouldHaveSingleItem().ShouldBe(token);
        var broken = token.Insert(token.Length - 7, "\n");
        Detection.Find("api-token", $"Use {broken} now").ShouldHaveSingleItem().ShouldBe(broken);
    }

    [Fact]
    public void ApiToken_BehindALabel_TheLabelStays()
    {
        var secret = Made(Alphanumeric + "+/", 40);
        Detection.Redact("api-token", $"aws_secret_access_key = {secret}").Single().ShouldBe("aws_secret_access_key = [API TOKEN]");
        Detection.Redact("api-token", $"AccountName=x;AccountKey={Made(Alphanumeric + "+/", 86)}==;Suffix=y").Single().ShouldBe("AccountName=x;AccountKey=[API TOKEN];Suffix=y");
    }

    [Theory]
    [InlineData("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("ghp_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789")] // wrong checksum
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("sk_live_xxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("pk_live_4eC39HqLyjWDarjtT1zdp7dc")] // a public key
    [InlineData("task-force-on-risk-management-and-so-on")]
    [InlineData("AKIA_IS_A_PREFIX_OF_KEYS")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData("hf_hub_download is a function")]
    public void ApiToken_LookAlikes_AreNotFound(string text) => Detection.Find("api-token", text).ShouldBeEmpty();

    [Fact]
    public void Jwt_ThreePartsWithAlgorithm_IsFoundWhole()
    {
        var token = Jwt("""{"alg":"HS256","typ":"JWT"}""");
        Detection.Find("jwt", $"Authorization: Bearer {token}.").ShouldHaveSingleItem().ShouldBe(token);
        Detection.Find("jwt", $"?token={token}&x=1").ShouldHaveSingleItem().ShouldBe(token);
        var broken = token.Insert(token.Length / 2, "\n");
        Detection.Find("jwt", broken).ShouldHaveSingleItem().ShouldBe(broken);
    }

    [Fact]
    public void Jwt_LookAlikes_AreNotFound()
    {
        Detection.Find("jwt", Jwt("""{"typ":"JWT"}""")).ShouldBeEmpty(); // no signing algorithm
        Detection.Find("jwt", Jwt("""{"alg":1}""")).ShouldBeEmpty();
        Detection.Find("jwt", "eyJhbGciOiJIUzI1NiJ9 alone").ShouldBeEmpty();
        Detection.Find("jwt", "eyJub3QgSlNPTg.a.b").ShouldBeEmpty();
    }

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static string Made(string alphabet, int length)
    {
        var made = RandomNumberGenerator.GetString(alphabet, length);
        // puts a digit near the end, on both sides of which the test breaks the line
        return alphabet.Contains('0', StringComparison.Ordinal) ? made[..^4] + "a7f9" : made;
    }

    private static string WithChecksum(string random)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var checksum = System.IO.Hashing.Crc32.HashToUInt32(Encoding.ASCII.GetBytes(random));
        var text = "";
        for (var i = 0; i < 6; i++, checksum /= 62)
            text = Digits[(int)(checksum % 62)] + text;
        return random + text;
    }

    private static string Jwt(string header) =>
        string.Join('.', new[] { header, """{"sub":"1234567890","name":"Somebody"}""" }
            .Select(part => Convert.ToBase64String(Encoding.UTF8.GetBytes(part)).TrimEnd('=').Replace('+', '-').Replace('/', '_'))
            .Append("dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1gFWFOEjXk"));

    private static string Body(int lines) =>
        string.Join('\n', Enumerable.Range(0, lines).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48))));

    private static string ECKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
