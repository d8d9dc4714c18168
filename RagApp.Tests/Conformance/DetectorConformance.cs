using CsCheck;
using RagApp.Dlp.Detectors;
using RagApp.Dlp.Text;
using RagApp.Tests.Dlp;

namespace RagApp.Tests.Conformance;

/// <summary>Behaviour that every detector must have.</summary>
/// <param name="name">Name of the detector.</param>
/// <param name="example">A text that the detector finds.</param>
public abstract class DetectorConformance(string name, string example)
{
    private readonly Gen<string> _texts = Gen.OneOf(
        Gen.OneOf(example, example[..(example.Length / 2)], example[(example.Length / 2)..], "@", ".", "-", " ", "\n", "|", "4111", "eyJ", "Ünï", "\u200B", "٣", "😀"),
        Gen.String[Gen.Char[' ', '~'], 0, 4]).Array[0, 12].Select(string.Concat);

    [Fact]
    public void Name_IsLowerCaseWordsJoinedByHyphens_AndHasAPolicy()
    {
        name.ShouldMatch("^[a-z]+(-[a-z]+)*$");
        Detection.Scanner.Detectors.ShouldContain(name);
        RagApp.Ingestion.Dlp.DlpOptions.BuiltIn.Keys.ShouldContain(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("The quick brown fox jumps over the lazy dog.")]
    public void Find_NothingConfidential_IsNothing(string text) => Detection.Find(name, text).ShouldBeEmpty();

    [Fact]
    public void Find_Example_IsFoundAtBothEndsOfATextAndInTheMiddle()
    {
        Detection.Find(name, example).ShouldHaveSingleItem();
        Detection.Find(name, $"{example} ends").ShouldHaveSingleItem();
        Detection.Find(name, $"begins {example}").ShouldHaveSingleItem();
    }

    [Fact]
    public void Find_AnyText_SpansAreInOrderApartAndWithin() => _texts.Sample(text =>
    {
        var scanned = new ScannedText([text]);
        var end = 0;
        foreach (var (_, span) in Detection.Scanner.Scan(scanned, [name]))
        {
            span.Start.ShouldBeGreaterThanOrEqualTo(end);
            span.End.ShouldBeGreaterThan(span.Start);
            end = span.End;
        }
        end.ShouldBeLessThanOrEqualTo(scanned.Folded.Length);
    });

    [Fact]
    public void Redact_Example_IsNotFoundAgain() =>
        Detection.Find(name, Detection.Redact(name, $"a {example} b").Single()).ShouldBeEmpty();
}

[Covers(typeof(PaymentCardDetector))]
public sealed class PaymentCardConformance() : DetectorConformance("payment-card", "4111 1111 1111 1111");

[Covers(typeof(IbanDetector))]
public sealed class IbanConformance() : DetectorConformance("iban", "DE89 3704 0044 0532 0130 00");

[Covers(typeof(UsSsnDetector))]
public sealed class UsSsnConformance() : DetectorConformance("us-ssn", "123-45-6789");

[Covers(typeof(PrivateKeyDetector))]
public sealed class PrivateKeyConformance() : DetectorConformance(
    "private-key", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----");

[Covers(typeof(ApiTokenDetector))]
public sealed class ApiTokenConformance() : DetectorConformance("api-token", "AKIA" + "Q3EGUZ7XK2MN4PLT");

[Covers(typeof(JwtDetector))]
public sealed class JwtConformance() : DetectorConformance("jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1");

[Covers(typeof(EmailDetector))]
public sealed class EmailConformance() : DetectorConformance("email", "anna@example.org");

[Covers(typeof(PhoneDetector))]
public sealed class PhoneConformance() : DetectorConformance("phone", "+1 415-555-2671");
