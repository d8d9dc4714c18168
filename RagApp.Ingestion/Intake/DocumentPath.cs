using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace RagApp.Ingestion.Intake;

/// <summary>The path a document is known by: a name with folders, never a place in a file system.</summary>
internal static class DocumentPath
{
    public const int MaxLength = 1_024;

    /// <summary>
    /// Forward slashes, no empty or <c>.</c> segments, nothing that climbs, and of all spellings of the same characters the
    /// one of Unicode's normal form C, so that a path is one path whichever system its file comes from; if that cannot be,
    /// <paramref name="error"/> says why.
    /// </summary>
    public static bool TryNormalize(string raw, [NotNullWhen(true)] out string? path, [NotNullWhen(false)] out string? error)
    {
        var segments = raw.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(segment => segment != ".").ToArray();
        var joined = string.Join('/', segments);
        var normal = HasForbidden(joined) ? null : NormalForm.Of(joined); // broken Unicode has none
        error = normal switch
        {
            null => "The path must not contain control characters or broken Unicode.",
            "" => "The path is empty: send a 'path', or a file with a name.",
            { Length: > MaxLength } => $"The path has more than {MaxLength:N0} characters.",
            _ when segments.Contains("..", StringComparer.Ordinal) => "The path must not contain '..'.",
            _ => null,
        };
        path = error is null ? normal : null;
        return error is null;
    }

    /// <summary>The path of another document of that name: <c>report (2).pdf</c>.</summary>
    public static string Numbered(string path, int number)
    {
        var ending = Path.GetExtension(path);
        return string.Create(CultureInfo.InvariantCulture, $"{path[..^ending.Length]} ({number}){ending}");
    }

    /// <summary>The last segment.</summary>
    public static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool HasForbidden(string path) =>
        path.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
        || path.Where((c, i) => IsLone(path, c, i)).Any();

    private static bool IsLone(string path, char c, int at) =>
        (char.IsHighSurrogate(c) && (at + 1 == path.Length || !char.IsLowSurrogate(path[at + 1])))
        || (char.IsLowSurrogate(c) && (at == 0 || !char.IsHighSurrogate(path[at - 1])));
}
