using System.Globalization;

namespace RagApp.Storage.Journals.Chain;

/// <summary>
/// The keys of a journal's chain: <c>tenants/acme/journals/audit-chain/000000000017.json</c> for a link,
/// <c>tenants/acme/journals/audit-checkpoints/000000000017.json</c> for a checkpoint,
/// <c>tenants/acme/journals/audit-removals/000000000017.json</c> for the statement that all links up to this one were removed.
/// </summary>
internal static class ChainKeys
{
    private const string Extension = ".json";

    public static string Links(string folder) => $"{folder}-chain";

    public static string Checkpoints(string folder) => $"{folder}-checkpoints";

    public static string Removals(string folder) => $"{folder}-removals";

    public static string Removal(string folder, long through) => Numbered(Removals(folder), through);

    public static string Link(string folder, long number) => Numbered(Links(folder), number);

    public static string Checkpoint(string folder, long number) => Numbered(Checkpoints(folder), number);

    /// <summary>The number in a key; null when the key is not one of these.</summary>
    public static long? NumberIn(string key) =>
        key.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(key.AsSpan(key.LastIndexOf('/') + 1)[..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Numbered(string folder, long number) => string.Create(CultureInfo.InvariantCulture, $"{folder}/{number:d12}{Extension}");
}
