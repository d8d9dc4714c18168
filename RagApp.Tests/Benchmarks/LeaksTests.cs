using RagApp.Benchmarks.Leaks;

namespace RagApp.Tests.Benchmarks;

/// <summary>A sample of the verb <c>leaks</c>, and what it would say if something leaked.</summary>
public sealed class LeaksTests
{
    private readonly MadeWorld _world = new(seed: 1);

    /// <summary>
    /// The second part shows that a leak would be seen: the search is told that nobody may read anything any more, and the services are not, so that all
    /// they show is a leak.
    /// </summary>
    [Fact]
    public async Task Run_OnTheRealServices_FindsNoLeakUntilTheyShowWhatNobodyMayRead()
    {
        var search = await LeakSearch.StartAsync(seed: 7, documents: 10, Cancellation);
        await using (search)
        {
            await search.RunAsync(cases: 1_000, new Progress<long>(), Cancellation);
            search.Tally.IsClean.ShouldBeTrue(string.Join('\n', search.Tally.Examples.Concat(search.Tally.Table())));

            foreach (var document in search.World.Documents)
                document.Share(["user:nobody"]);
            await search.RunAsync(search.Tally.Cases + 1_000, new Progress<long>(), Cancellation);
        }

        string[] seen = ["search, keyword", "search, semantic", "search, hybrid", "lists", "answers by a model"];
        seen.ShouldAllBe(surface => search.Tally.LeaksOf(surface) > 0, string.Join('\n', search.Tally.Table()));
        string[] read = ["feed of changes", "logs", "traces", "metrics"];
        read.ShouldAllBe(surface => search.Tally.HasShown(surface), string.Join('\n', search.Tally.Table()));
    }

    [Fact]
    public void Judge_WordOfADocumentOfOthers_IsALeak()
    {
        var document = Document("group:staff");
        var tally = new LeakTally(_world);

        tally.Judge(Person("acme", "staff"), Request(document), new LeakReply(200, $"... {document.Latest.Text.ToUpperInvariant()} ..."));
        tally.Leaks.ShouldBe(0);
        foreach (var person in (MadePerson[])[Person("acme", "Staff"), Person("Acme", "staff"), Person("globex", "staff"), Person("acme")])
            tally.Judge(person, Request(document), new LeakReply(200, $"... {document.Latest.Text.ToUpperInvariant()} ..."));

        (tally.Leaks, tally.LeaksOf("search"), tally.IsClean).ShouldBe((4, 4, false));
        tally.Examples[0].ShouldContain("acme/p [Staff]");
    }

    [Fact]
    public void Judge_VersionInQuarantine_IsALeakForAllButTheUploadersOriginal()
    {
        var document = Document("public", MadeKind.Quarantined);
        var tally = new LeakTally(_world);
        var reply = new LeakReply(200, document.Latest.Text);

        tally.Judge(new MadePerson("acme", "uploader"), new LeakRequest("o", HttpMethod.Get, "v1/documents/x/original"), reply);
        tally.Leaks.ShouldBe(0);
        tally.Judge(new MadePerson("acme", "uploader"), Request(document), reply);
        tally.Judge(Person("acme"), new LeakRequest("o", HttpMethod.Get, "v1/documents/x/original"), reply);

        tally.Leaks.ShouldBe(2);
    }

    [Fact]
    public void Judge_DocumentIsRevokedReplacedOrDeleted_OldWordsAreLeaks()
    {
        var document = Document("public");
        var reply = new LeakReply(200, document.Latest.Text);
        var tally = new LeakTally(_world);
        tally.Judge(Person("acme"), Request(document), reply);
        tally.Leaks.ShouldBe(0);

        document.Versions.Add(_world.Content.Next(document, MadeKind.Plain));
        document.Searchable = 2;
        tally.Judge(Person("acme"), Request(document), reply);
        tally.Leaks.ShouldBe(1);
        document.Share(["user:somebody"]);
        tally.Judge(Person("acme"), Request(document), new LeakReply(200, document.Latest.Text));
        tally.Leaks.ShouldBe(2);
        document.Delete();
        tally.Judge(new MadePerson("acme", "somebody"), Request(document), new LeakReply(200, document.Id));
        tally.Leaks.ShouldBe(3);
    }

    [Fact]
    public void Judge_WordThatTheRequestSays_MayBeRepeated()
    {
        var document = Document("user:nobody");
        var tally = new LeakTally(_world);

        tally.Judge(Person("acme"), new LeakRequest("list", HttpMethod.Get, $"v1/documents/{document.Id}"), new LeakReply(404, $"There is no document {document.Id}."));

        tally.IsClean.ShouldBeTrue();
    }

    [Fact]
    public void Judge_ExpectedWordIsMissing_IsMissed()
    {
        var document = Document("public");
        var tally = new LeakTally(_world);

        tally.Judge(Person("acme"), Request(document) with { Expected = [document.Latest.Text] }, new LeakReply(200, "nothing"));
        tally.Judge(Person("acme"), Request(document), new LeakReply(500, "{}"));

        (tally.Missed, tally.Failures, tally.IsClean).ShouldBe((1, 1, false));
    }

    [Fact]
    public void Compare_ReplyChangesWithADocumentOfOthers_IsALeak()
    {
        var tally = new LeakTally(_world);

        tally.Compare(Person("acme"), new LeakRequest("counts", HttpMethod.Post, "v1/search"), "1 candidate", "2 candidates");

        tally.LeaksOf("counts").ShouldBe(1);
    }

    [Theory]
    [InlineData("--cases", "0")]
    [InlineData("--seed", "x")]
    public async Task RunAsync_WrongUsage_EndsWith64(string option, string value) =>
        (await global::RagApp.Benchmarks.Program.Main(["leaks", option, value])).ShouldBe(64);

    private static MadePerson Person(string tenant, params string[] groups) => new(tenant, "p", groups);

    private static LeakRequest Request(MadeDocument document) => new("search", HttpMethod.Post, "v1/search") { AimedAt = document };

    private MadeDocument Document(string access, MadeKind kind = MadeKind.Plain)
    {
        var document = _world.NewDocument(new MadePerson("acme", "uploader"), access);
        document.Versions.Add(_world.Content.Next(document, kind));
        if (kind != MadeKind.Quarantined)
            document.Searchable = 1;
        return document;
    }
}
