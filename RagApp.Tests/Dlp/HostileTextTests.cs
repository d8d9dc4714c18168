using System.Diagnostics;
using System.Text;
using RagApp.Dlp.Text;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Dlp;

/// <summary>Texts made to be slow. The bound is generous: what is not linear takes hours on these.</summary>
public sealed class HostileTextTests
{
    private const int Length = 2_000_000;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Patterns => new(
        "1", "4", "4 ", "4111 1111 1111 1111 ", "4111-", "41111111111111112", "a@", "a.", "a@b.co", ".@-", "eyJ", "eyJ.", "eyJ\n", "eyJhbGciOiJIUzI1NiJ9.",
        "DE89", "DE89 ", "NO93 8601 1117 94 ", "123-45-", "123-45-6789 ", "sk-", "AKIA", "ghp_", "xoxb-1", "sk_live_a1\n", "-----BEGIN PRIVATE KEY-----", "BEGIN PRIVATE KEY-A",
        "-----BEGIN PRIVATE KEY-----END PRIVATE KEY", "PuTTY-User-Key-File-", "PuTTY-User-Key-File-Private-MAC:", "+1", "(", "\u200B1", "a\u200B", "１", "card ");

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Scan_PatternRepeated_TakesTimeInProportion(string pattern)
    {
        var text = new StringBuilder(Length).Insert(0, pattern, Length / pattern.Length).ToString();
        var watch = Stopwatch.StartNew();

        Detection.Scanner.Scan(new ScannedText([text]), Detection.Scanner.Detectors.Except(["phone"])).ShouldNotBeNull();

        watch.Elapsed.ShouldBeLessThan(Bound);
    }
}
