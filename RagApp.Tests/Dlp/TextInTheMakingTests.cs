using System.Text;
using CsCheck;
using RagApp.Dlp;
using RagApp.Dlp.Streams;
using RagApp.Dlp.Text;

namespace RagApp.Tests.Dlp;

/// <summary>Texts that arrive in pieces: what is passed on is what the redaction of the whole text has, however it is split.</summary>
public sealed class TextInTheMakingTests
{
    private const string Key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----";
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1";
    private const string Token = "AKIA" + "Q3EGUZ7XK2MN4PLT";

    /// <summary>Pieces of which texts are made: data of each kind, parts of it, look-alikes, and what may stand between.</summary>
    private static readonly string[] Parts =
    [
        "4111 1111 1111 1111", "4111111111111111", "4111 1111", "4111-1111-", "card: ", "Visa ", "card | part 2: ", " | ", "| name | card |\n| Anna | 4111 | 1111 | 1111 | 1111 |\n",
        "378282246310005", "GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00", "DE89 3704 ", "IBAN ", "DE", "123-45-6789", "SSN 123456789", "123-45",
        Key, Key[..60], Key[30..], "-----BEGIN ", " -- BEGIN", "PRIVATE KEY", "PuTTY-User-Key-File-2: ", "Private-MAC: 00ff", Jwt, Jwt[..30], Jwt[30..], Token, Token[..9], Token[9..],
        "Secret access key: ", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ3x7Lm2pT", "anna@example.org", "anna@", "example.org", "+1 415-555-2671", "(415) 555-2671", "Tel. ", "+", "(",
        "The quick brown fox. ", "In 2020, ", "a", "I", " ", "\n", "\n\n", "-", ".", ",", ":", "1", "12 34 56 78 90 12 34 56 78 90 12 34 ", "\u200B", "٣", "😀", "é", "[1]", "- item\n",
    ];

    private static readonly string[] Between = [" ", "\n", "", " and then "];

    private static readonly Gen<string> Texts = Gen.OneOf(Parts).Array[1, 9].Select(string.Concat);

    [Fact]
    public void Add_AnyTextInAnyPieces_IsTheRedactionOfTheWhole() =>
        Gen.Select(Texts, Gen.Int[1, 7].Array[1, 200]).Sample((text, lengths) => Split(text, lengths).ShouldBe(Whole(text)), iter: 1_500);

    [Fact]
    public void Add_EachKindSplitAtEveryPlace_IsNeverPassedOn()
    {
        foreach (var secret in (string[])["4111 1111 1111 1111", "GB82 WEST 1234 5698 7654 32", "123-45-6789", Key, Jwt, Token, "anna@example.org", "+1 415-555-2671"])
        {
            var text = $"It is {secret}, as asked.";
            for (var first = 0; first <= text.Length; first++)
            {
                for (var second = first; second <= text.Length; second++)
                {
                    var making = new TextInTheMaking(new Marks());
                    string[] said = [making.Add(text[..first]), making.Add(text[first..second]), making.Add(text[second..]), making.Finish()];
                    string.Concat(said).ShouldBe(Whole(text));
                }
            }
        }
    }

    [Fact]
    public void Add_LongTexts_AreRedactedAsTheWhole()
    {
        var random = new Random(5);
        for (var round = 0; round < 5; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 150).Select(_ => random.GetItems(Parts, 1)[0] + random.GetItems(Between, 1)[0]));
            Split(text, [3]).ShouldBe(Whole(text));
        }
    }

    [Fact]
    public void Add_PlainText_IsHeldBackByAWordOnly()
    {
        var making = new TextInTheMaking(new Marks());
        var text = string.Concat(Enumerable.Repeat("Employees have thirty days of leave, and nobody needs to ask. ", 20));
        var passed = text.Sum(c => making.Add(c.ToString()).Length);

        (text.Length - passed).ShouldBeLessThan(12);
        making.Finish().Length.ShouldBe(text.Length - passed);
    }

    [Fact]
    public void Add_Emoji_IsNeverPassedOnByHalves()
    {
        var making = new TextInTheMaking(new Marks());

        foreach (var piece in (string[])["Well done", "😀", "😀 and", " 😀"])
            Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(making.Add(piece))).ShouldNotContain("\uFFFD");
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(making.Finish())).ShouldNotContain("\uFFFD");
    }

    [Theory]
    [InlineData("payment-card", "4111 1111 1111 1111"), InlineData("iban", "DE89 3704 0044 0532 0130 00"), InlineData("us-ssn", "123-45-6789"), InlineData("private-key", Key)]
    [InlineData("api-token", Token), InlineData("jwt", Jwt), InlineData("email", "anna@example.org"), InlineData("phone", "+1 415-555-2671")]
    public void OpenFrom_BeginningOfAText_FindingsBeforeItStay(string detector, string example) =>
        Gen.Select(Gen.OneOf((string[])[.. Parts, example]).Array[1, 7].Select(string.Concat), Gen.Int[0, 400]).Sample((text, at) =>
        {
            var found = Marks.Detector(detector);
            var whole = Find(found, text);
            var beginning = text[..Math.Min(at, text.Length)];
            var folded = new ScannedText([beginning]).Folded[..^1].ToString();
            var open = Math.Min(found.OpenFrom(folded), folded.Length - 1);
            var early = Find(found, beginning);

            early.Where(span => span.Start < open).ShouldBe(whole.Where(span => span.Start < open));
        }, iter: 3_000);

    private static List<TextSpan> Find(IDetector detector, string text)
    {
        var spans = new List<TextSpan>();
        detector.Find(new ScannedText([text]).Folded, spans, CancellationToken.None);
        return spans;
    }

    private static string Split(string text, IReadOnlyList<int> lengths)
    {
        var making = new TextInTheMaking(new Marks());
        var said = new StringBuilder();
        for (var (at, piece) = (0, 0); at < text.Length; piece++)
        {
            var length = Math.Min(lengths[piece % lengths.Count], text.Length - at);
            said.Append(making.Add(text.Substring(at, length)));
            at += length;
        }
        said.Append(making.Finish());
        making.Released.ShouldBe(text.Length);
        return said.ToString();
    }

    /// <summary>The redaction of the whole text as documents are redacted, which knows nothing of pieces; it removes white space at both ends.</summary>
    private static string Whole(string text)
    {
        var scanned = new ScannedText([text]);
        var findings = Detection.Scanner.Scan(scanned, Detection.Scanner.Detectors);
        var whole = TextInTheMaking.Whole(text, new Marks());
        whole.Trim().ShouldBe(findings.Count == 0 ? text.Trim() : Redaction.Apply([text], scanned, findings)[0]);
        return whole;
    }

    /// <summary>Replaces findings of all detectors by their marks.</summary>
    private sealed class Marks : IReplacement
    {
        private static readonly IReadOnlyList<IDetector> All = Detection.Detectors;

        public IReadOnlyList<IDetector> Detectors => All;

        public static IDetector Detector(string name) => All.Single(detector => detector.Name == name);

        public int RankOf(string detector) => 0;

        public string Replace(string detector, ReadOnlySpan<char> found) => Redaction.MarkFor(detector);
    }
}
