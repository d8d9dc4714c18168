using System.Net;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Documents.Manifests;
using static RagApp.Tests.Ingestion.Catalogue.CatalogueUnderTest;

namespace RagApp.Tests.Ingestion.Catalogue;

/// <summary>Document lists from the catalogue, compared with the manifests themselves.</summary>
public sealed class ListingTests : IDisposable
{
    private static readonly string[] Entries = ["public", "user:alice", "user:bob", "group:staff", "group:finance", "group:board"];
    private static readonly DocumentStatus[] States = [DocumentStatus.Queued, DocumentStatus.Indexed, DocumentStatus.Failed];

    private readonly CatalogueUnderTest _under = new();

    public void Dispose() => _under.Dispose();

    [Theory]
    [InlineData("name", "asc")]
    [InlineData("name", "desc")]
    [InlineData("date", "asc")]
    [InlineData("date", "desc")]
    [InlineData("size", "asc")]
    [InlineData("size", "desc")]
    public async Task List_EveryOrderPageByPage_IsWhatTheManifestsSay(string sort, string order)
    {
        var manifests = await SaveManyAsync(new Random(7), 150);
        var filters = new[]
        {
            new DocumentListFilter(), new(Name: "REPORT"), new(Title: "tItle 1"), new(Path: "folder 2/"), new(Tag: "blue"), new(Type: "pdf"), new(Source: "share"),
            new(Status: ["failed", "queued"]), new(Tag: "blue", Status: ["indexed"], Name: "report"),
        };
        foreach (var filter in filters.Select(each => each with { Sort = sort, Order = order }))
        {
            foreach (var reader in new[] { Alice, Alice with { Subject = "bob", Groups = [] }, Alice with { Subject = "carol", Groups = [] } })
            {
                var expected = Sorted(manifests.Where(manifest => MaySee(reader, manifest) && Matches(manifest, filter)), filter);

                (await AllPagesAsync(filter, reader, limit: 7)).ShouldBe(expected.Select(manifest => manifest.Path), $"{filter} {reader.Subject}");
            }
        }
    }

    [Fact]
    public async Task List_ReaderOfManyAccessLists_IsWhatTheManifestsSay()
    {
        var groups = Enumerable.Range(0, TenantCatalogue.ListsAtOnce + 20).Select(number => $"{number}").ToList();
        foreach (var group in groups)
            await _under.SaveAsync(Manifest($"{group}.txt", $"group:{group}"));
        await _under.SaveAsync(Manifest("hidden.txt", "group:board"));

        var paths = await AllPagesAsync(new(), Alice with { Groups = groups }, limit: 9);

        paths.ShouldBe(groups.Select(group => $"{group}.txt").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_APageOfMany_ReadsTheManifestsOfThePageOnly()
    {
        for (var number = 0; number < 200; number++)
            await _under.SaveAsync(Manifest($"{number:000}.txt", number % 20 == 0 ? "user:alice" : "user:bob"));
        await _under.ListAsync(limit: 1);
        var before = _under.Watch.Reads;

        var page = await _under.ListAsync(limit: 5);

        page.Documents.Count.ShouldBe(5);
        (_under.Watch.Reads - before).ShouldBe(6); // five for the page, and one more that shows whether there is a next page
    }

    [Fact]
    public async Task ListChildren_OfAnArchive_AreItsOwnInEveryOrder()
    {
        var root = Manifest("all.zip", "public") with { Children = 3 };
        var inner = Inside(root, "b.zip") with { Children = 1 };
        foreach (var manifest in new[] { Sized(Inside(root, "a.txt"), 30), root, Sized(inner, 10), Inside(inner, "deep.txt"), Sized(Inside(root, "c.txt"), 20), Manifest("other.txt", "public") })
            await _under.SaveAsync(manifest);

        (await ChildrenAsync(root, new())).ShouldBe(["a.txt", "b.zip", "c.txt"]);
        (await ChildrenAsync(root, new(Sort: "size", Order: "desc"))).ShouldBe(["a.txt", "c.txt", "b.zip"]);
        (await ChildrenAsync(root, new(Name: ".TXT"))).ShouldBe(["a.txt", "c.txt"]);
        (await ChildrenAsync(inner, new())).ShouldBe(["deep.txt"]);
    }

    [Fact]
    public async Task List_SomethingBelowIsInWork_IsUnpackingAndFilteredAsSuch()
    {
        var root = Manifest("all.zip", "public") with { Children = 1 };
        var mail = Inside(root, "outer.eml") with { Children = 1 };
        var innermost = Inside(mail, "inner.eml", DocumentStatus.Embedding);
        foreach (var manifest in new[] { innermost, mail, root, Manifest("plain.txt", "public") })
            await _under.SaveAsync(manifest);

        (await StatesAsync(new())).ShouldBe(
            [("all.zip", DocumentStatus.Unpacking), ("all.zip/outer.eml", DocumentStatus.Unpacking), ("all.zip/outer.eml/inner.eml", DocumentStatus.Embedding), ("plain.txt", DocumentStatus.Indexed)]);
        (await StatesAsync(new(Status: ["indexed"]))).ShouldBe([("plain.txt", DocumentStatus.Indexed)]);
        (await StatesAsync(new(Status: ["unpacking"]))).Select(each => each.Path).ShouldBe(["all.zip", "all.zip/outer.eml"]);

        await _under.SaveAsync(innermost with { Latest = innermost.Latest with { Status = DocumentStatus.Failed } });

        (await StatesAsync(new(Status: ["indexed"]))).Select(each => each.Path).ShouldBe(["all.zip", "all.zip/outer.eml", "plain.txt"]);
    }

    [Theory]
    [InlineData("sort", "colour")]
    [InlineData("order", "up")]
    [InlineData("status", "done")]
    [InlineData("type", "pfd")]
    [InlineData("source", "Not a source")]
    [InlineData("tag", "")]
    public async Task List_AValueThatThereIsNot_IsRefusedWithASentenceThatNamesIt(string parameter, string value)
    {
        var filter = parameter switch
        {
            "sort" => new DocumentListFilter(Sort: value),
            "order" => new(Order: value),
            "status" => new(Status: ["indexed", value]),
            "type" => new(Type: value),
            "source" => new(Source: value),
            _ => new(Tag: value),
        };

        var refused = await Should.ThrowAsync<ProblemException>(_under.ListAsync(filter));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Message.ShouldContain(parameter, Case.Insensitive);
    }

    [Fact]
    public async Task List_APlaceThatIsNone_IsRefused()
    {
        foreach (var path in new[] { "a.txt", "b.txt" })
            await _under.SaveAsync(Manifest(path, "public"));
        var next = (await _under.ListAsync(limit: 1)).Next!;

        foreach (var place in new[] { "", "a.txt", "%", "é", new string('A', 20_000), Convert.ToBase64String([0xFF, 0xFE]), next[..8], new ListOrder("size", false).Write("1x", new string('0', 32)) })
            (await Should.ThrowAsync<ProblemException>(_under.ListAsync(after: place), place)).Message.ShouldContain("'after' is no place");
        (await Should.ThrowAsync<ProblemException>(_under.ListAsync(new(Sort: "date"), next))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Should.ThrowAsync<ProblemException>(_under.ListAsync(new(Order: "desc"), next))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _under.ListAsync(after: next)).Documents.ShouldHaveSingleItem().Path.ShouldBe("b.txt");
    }

    [Fact]
    public async Task List_APlaceMadeByHand_OnlySkips()
    {
        await _under.SaveAsync(Manifest("a.txt", "user:bob"));
        await _under.SaveAsync(Manifest("b.txt", "public"));

        var made = new ListOrder("path", false).Write("' OR 1=1 --", new string('0', 32));

        (await _under.ListAsync(after: made)).Documents.ShouldHaveSingleItem().Path.ShouldBe("b.txt");
    }

    private async Task<List<DocumentManifest>> SaveManyAsync(Random random, int count)
    {
        var manifests = new List<DocumentManifest>();
        for (var number = 0; number < count; number++)
        {
            var manifest = Manifest($"folder {random.Next(4)}/{(random.Next(2) == 0 ? "Report" : "note")} {number}", [.. random.GetItems(Entries, 2).Distinct()]);
            manifests.Add(manifest with
            {
                UploadedBy = random.Next(10) == 0 ? "alice" : "dave",
                Source = random.Next(2) == 0 ? "share" : "upload",
                Tags = random.Next(2) == 0 ? ["blue", "red"] : ["blues"],
                Latest = manifest.Latest with
                {
                    Title = $"Title {random.Next(3)}",
                    Status = random.GetItems(States, 1)[0],
                    ContentType = random.Next(2) == 0 ? "application/pdf" : "text/plain",
                    Size = random.Next(20), // few distinct sizes, so that many documents have the same
                    WrittenAt = manifest.CreatedAt.AddDays(random.Next(20)),
                },
            });
            await _under.SaveAsync(manifests[^1]);
        }
        return manifests;
    }

    private async Task<List<string>> AllPagesAsync(DocumentListFilter filter, Principal reader, int limit)
    {
        var paths = new List<string>();
        string? after = null;
        do
        {
            var page = await _under.ListAsync(filter, after, limit, reader);
            page.Documents.Count.ShouldBeLessThanOrEqualTo(limit);
            paths.AddRange(page.Documents.Select(info => info.Path));
            after = page.Next;
        }
        while (after is not null);
        return paths;
    }

    private async Task<IEnumerable<string>> ChildrenAsync(DocumentManifest parent, DocumentListFilter filter) =>
        (await _under.ListAsync(filter, parentId: parent.Id)).Documents.Select(info => info.Path[(parent.Path.Length + 1)..]);

    private async Task<IReadOnlyList<(string Path, DocumentStatus Status)>> StatesAsync(DocumentListFilter filter) =>
        [.. (await _under.ListAsync(filter)).Documents.Select(info => (info.Path, info.Status))];

    private static DocumentManifest Sized(DocumentManifest manifest, long size) => manifest with { Latest = manifest.Latest with { Size = size } };

    private static bool MaySee(Principal reader, DocumentManifest manifest) =>
        manifest.Access.Intersect(reader.AccessEntries).Any() || manifest.UploadedBy == reader.Subject;

    private static bool Matches(DocumentManifest manifest, DocumentListFilter filter)
    {
        var (title, path) = (manifest.Latest.Title, manifest.Path);
        return (filter.Name is not { } name || title.Contains(name, StringComparison.OrdinalIgnoreCase) || path.Contains(name, StringComparison.OrdinalIgnoreCase))
            && title.Contains(filter.Title ?? "", StringComparison.OrdinalIgnoreCase)
            && path.Contains(filter.Path ?? "", StringComparison.OrdinalIgnoreCase)
            && (filter.Tag is not { } tag || manifest.Tags.Contains(tag))
            && (filter.Type is null || manifest.Latest.ContentType == "application/pdf")
            && (filter.Source is not { } source || manifest.Source == source)
            && (filter.Status is not { } states || states.Contains(CatalogueRow.NameOf(manifest.Latest.Status)));
    }

    private static IEnumerable<DocumentManifest> Sorted(IEnumerable<DocumentManifest> manifests, DocumentListFilter filter)
    {
        var ascending = filter.Sort switch
        {
            "date" => manifests.OrderBy(manifest => manifest.Latest.Date).ThenBy(manifest => manifest.Id, StringComparer.Ordinal),
            "size" => manifests.OrderBy(manifest => manifest.Latest.Size).ThenBy(manifest => manifest.Id, StringComparer.Ordinal),
            _ => manifests.OrderBy(manifest => manifest.Path, StringComparer.Ordinal),
        };
        return filter.Order == "desc" ? ascending.Reverse() : ascending;
    }
}
