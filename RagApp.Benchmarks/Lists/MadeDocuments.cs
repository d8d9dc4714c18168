using System.Globalization;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Benchmarks.Lists;

/// <summary>
/// Generates the manifests of a tenant: ten documents for one user, half of the others for the group of all staff, half spread
/// over a thousand groups.
/// </summary>
internal static class MadeDocuments
{
    private const int Few = 10;
    private const int Groups = 1_000;
    private const int WritesAtOnce = 16;

    public static readonly Principal OfEverything = new("acme", "all", ["staff", .. Enumerable.Range(0, Groups).Select(GroupOf)], [], Region: null);

    public static readonly Principal OfStaff = new("acme", "one", ["staff"], [], Region: null);

    public static readonly Principal OfTen = new("acme", "few", [], [], Region: null);

    public static Task FillAsync(IManifestStore documents, int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce }, async (number, cancelled) =>
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"share/folder {number % 97}/document {number:d6}.pdf");
        var date = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number * 7919L % 500_000);
        var version = new DocumentVersion(
            1, "none", "none", 1_000 + (number * 6151L % 1_000_000), "application/pdf", $"The document number {number}", DocumentStatus.Indexed, null, [], 1, 1, date);
        await documents.SaveAsync(
            new DocumentManifest("acme", DocumentIds.For("acme", path), path, [AccessOf(number, count)], "somebody", date, date, version, version), etag: null, cancelled);
    });

    private static string AccessOf(int number, int count) =>
        number % (count / Few) == 0 ? AccessEntry.User(OfTen.Subject) : AccessEntry.Group(number % 2 == 0 ? "staff" : GroupOf(number % Groups));

    private static string GroupOf(int number) => string.Create(CultureInfo.InvariantCulture, $"team-{number}");
}
