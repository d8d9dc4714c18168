using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>
/// The key of a segment: <c>tenants/acme/journals/audit/2026-11-25/1402335930012-9f86d081884c7d65-00000007.jsonl</c>.
/// It has the time of the first record (UTC, to 100 ns), the id of the writing process and the counter of that process, so
/// that ordinal order is time order and keys are unique.
/// </summary>
internal static class SegmentName
{
    /// <summary>Longest time between the first and the last record of a segment: a search by time starts this much earlier.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private const string Extension = ".jsonl";
    private const string StartFormat = "yyyy-MM-dd/HHmmssfffffff";

    public static string Folder(string tenant, string journal) => $"tenants/{KeySegment.Encode(tenant)}/journals/{journal}";

    /// <summary>Folder of the segments that begin in a day.</summary>
    public static string Folder(string tenant, string journal, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(tenant, journal)}/{day:yyyy-MM-dd}");

    public static string For(string folder, DateTimeOffset start, string writer, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Before(folder, start)}-{writer}-{number:d8}{Extension}");

    /// <summary>A key that comes before every segment that begins at <paramref name="start"/> or later.</summary>
    public static string Before(string folder, DateTimeOffset start) =>
        $"{folder}/{start.UtcDateTime.ToString(StartFormat, CultureInfo.InvariantCulture)}";

    public static bool TryParseStart(string folder, string key, [NotNullWhen(true)] out DateTimeOffset? start)
    {
        start = null;
        var name = key.AsSpan(folder.Length + 1);
        var end = name.Length > StartFormat.Length ? StartFormat.Length : 0;
        if (!name.EndsWith(Extension, StringComparison.Ordinal)
            || !DateTime.TryParseExact(
                name[..end], StartFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
            return false;
        start = new DateTimeOffset(parsed, TimeSpan.Zero);
        return true;
    }
}
