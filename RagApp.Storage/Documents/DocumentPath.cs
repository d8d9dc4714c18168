using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using RagApp.Text;

namespace RagApp.Storage.Documents;

/// <summary>The path that identifies a document: a name with folders, never a location in a file system.</summary>
public static class DocumentPath
{
    public const int MaxLength = 1_024;

    /// <summary>
    /// Normalizes a path: forward slashes, no empty or <c>.</c> segments, no <c>..</c>, and Unicode's normal form C, so that
    /// the same path from different systems is the same document. <paramref name="error"/> says why a path is not allowed.
    /// </summary>
    public static bool TryNormalize(string raw, [NotNullWhen(true)] out string? path, [NotNullWhen(false)] out string? error)
    {
        var segments = raw.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(segment => segment != ".").ToArray();
        var joined = string.Join('/', segments);
        var normal = HasForbidden(joined) ? null : NormalForm.Of(joined); // broken Unicode has no normal form
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

    /// <summary>The path with a number, as for a second document of the same name: <c>report (2).pdf</c>.</summary>
    public static string Numbered(string path, int number)
    {
        var ending = Path.GetExtension(path);
        return string.Create(CultureInfo.InvariantCulture, $"{path[..^ending.Length]} ({number}){ending}");
    }

    /// <summary>The last segment of a path.</summary>
    public static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool HasForbidden(string path) =>
        path.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
        || path.Where((c, i) => IsLone(path, c, i)).Any();

    private static bool IsLone(string path, char c, int at) =>
        (char.IsHighSurrogate(c) && (at + 1 == path.Length || !char.IsLowSurrogate(path[at + 1])))
        || (char.IsLowSurrogate(c) && (at == 0 || !char.IsHighSurrogate(path[at - 1])));
}
