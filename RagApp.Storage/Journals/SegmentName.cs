using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>
/// Where a segment is: <c>tenants/acme/journals/audit/2026-11-25/1402335930012-9f86d081884c7d65-00000007.jsonl</c>,
/// by the time of its first record (UTC, to 100 ns), then the process that wrote it and that one's counter, so that
/// ordinal order is time order and no two segments ever meet.
/// </summary>
internal static class SegmentName
{
    /// <summary>Longest time between the first record of a segment and its last: who looks for a time starts this much earlier.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private const string Extension = ".jsonl";
    private const string StartFormat = "yyyy-MM-dd/HHmmssfffffff";

    public static string Folder(string tenant, string journal) => $"tenants/{KeySegment.Encode(tenant)}/journals/{journal}";

    public static string For(string folder, DateTimeOffset start, string writer, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Before(folder, start)}-{writer}-{number:d8}{Extension}");

    /// <summary>What stands before every segment that begins at <paramref name="start"/> or later.</summary>
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
