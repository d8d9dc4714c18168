using RagApp.Dlp.Text;
using RagApp.Tests.Ingestion;
using RagApp.Tests.TestServices.CountedWork;

namespace RagApp.Tests.Dlp;

/// <summary>Worst-case texts for the detectors: the beginning of a match, or almost a whole match, repeated many times.</summary>
public sealed class HostileTextTests
{
    /// <summary>Patterns to repeat; the part before <c>…</c> occurs only once, at the start.</summary>
    public static TheoryData<string> Patterns => new(
        "1", "4", "4 ", "4111 1111 1111 1111 ", "4111-", "41111111111111112", "4111/", "4,", "4 | ", "card: 4 | ", "a|4111 | ", "card | b\n4111 | 1111 | 1111 | 1111\n", "2 3 4 5 6 7 8 9 10 11 12 13 ",
        "a@", "a.", "a@b.co", ".@-", "@", "a@a.…a.", "eyJ", "eyJ.", "eyJ\n", "eyJhbGciOiJIUzI1NiJ9.", "eyJhbGciOiJIUzI1NiJ9….", "eyJhbGciOiJIUzI1NiJ9.…a.\n", "eyJaaaaaaaaaaaaaaaaa\n",
        "DE89", "DE89 ", "NO93 8601 1117 94 ", "123-45-", "123-45-6789 ", "ssn ", "sk-", "AKIA", "ghp_", "xoxb-1", "sk_live_a1\n", "AccountKey=\n", "-----BEGIN PRIVATE KEY-----", "BEGIN PRIVATE KEY-A",
        "-----BEGIN PRIVATE KEY-----…-", "-----BEGIN PRIVATE KEY-----…aaaaaaaaaaaaaaaaaaaa\n", "-----BEGIN PRIVATE KEY-----END PRIVATE KEY", "PuTTY-User-Key-File-", "PuTTY-User-Key-File-Private-MAC:", "PuTTY-User-Key-File-…a",
        "+1", "+1 415-555-2671 ", "1234567,", "(", "\u200B1", "a\u200B", "１", "card ", "((((", "\n", " ");

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Screen_PatternRepeated_WorkGrowsInProportion(string pattern) =>
        Proportion.ShouldHold(typeof(BadTextWork), nameof(BadTextWork.ScreenPattern), pattern);

    [Fact]
    public void Scan_Stopped_Ends()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        foreach (var detector in Detection.Scanner.Detectors)
            Should.Throw<OperationCanceledException>(() => Detection.Scanner.Scan(new ScannedText(["1 a@b AKIA eyJ PRIVATE KEY"]), [detector], stopped.Token));
    }
}
