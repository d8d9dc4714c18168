using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds e-mail addresses (RFC 5321 without quoted local parts) by reading outwards from every @, each character at
/// most twice. File names (icon@2x.png), package versions and addresses of Git repositories are not reported.
/// </summary>
internal sealed class EmailDetector : IDetector
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;
    private const int LongestLabel = 63;
    private const string LocalMarks = ".!#$%&'*+/=?^_`{|}~-";

    private static readonly HashSet<string> FileEndings = new(
        ["png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "scss", "js", "ts", "json", "html", "pdf", "zip"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FileEndingLookup = FileEndings.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Name => "email";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        var done = 0;
        for (var from = 0; from < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hit = text[from..].IndexOf('@');
            if (hit < 0)
                return;
            var at = from + hit;
            var start = LocalStart(text, done, at);
            var end = DomainEnd(text, at + 1);
            if (IsLocal(text[start..at]) && IsDomain(text[(at + 1)..end]) && Ends(text, start, at, end))
            {
                found.Add(new TextSpan(start, end));
                done = end;
            }
            from = Math.Max(at + 1, done);
        }
    }

    public int OpenFrom(ReadOnlySpan<char> text) => OpenEnd.OfWord(text);

    private static int LocalStart(ReadOnlySpan<char> text, int floor, int at)
    {
        var start = at;
        while (start > floor && at - start <= LongestLocal && (char.IsLetterOrDigit(text[start - 1]) || LocalMarks.Contains(text[start - 1])))
            start--;
        while (start < at && !char.IsLetterOrDigit(text[start]) && text[start] != '_') // quotes, brackets and punctuation before the address
            start++;
        return start;
    }

    private static int DomainEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && end - start <= LongestDomain && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            end++;
        while (end > start && !char.IsLetterOrDigit(text[end - 1])) // punctuation after the address
            end--;
        return end;
    }

    private static bool IsLocal(ReadOnlySpan<char> local) =>
        local.Length is > 0 and <= LongestLocal && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.Length > LongestDomain)
            return false;
        var labels = 0;
        ReadOnlySpan<char> last = [];
        foreach (var range in domain.Split('.'))
        {
            last = domain[range];
            if (last.Length is 0 or > LongestLabel || last[0] == '-' || last[^1] == '-')
                return false;
            labels++;
        }
        return labels > 1 && IsTopLevel(last);
    }

    private static bool IsTopLevel(ReadOnlySpan<char> label)
    {
        if (label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (var c in label)
        {
            if (!char.IsLetter(c))
                return false;
        }
        return label.Length >= 2 && !FileEndingLookup.Contains(label);
    }

    /// <summary>True unless another @ follows, or the address is the beginning of git@host:path.</summary>
    private static bool Ends(ReadOnlySpan<char> text, int start, int at, int end) =>
        end == text.Length || !(text[end] is '@' or '_'
            || (text[end] == ':' && text[start..at] is "git" && end + 1 < text.Length && !char.IsWhiteSpace(text[end + 1])));
}
