using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Ingestion.Maintenance;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary><c>maintenance keys</c> over the socket of the running service.</summary>
public sealed class KeysVerbTests
{
    [Fact]
    public async Task Life_OfTheKeys_FromStatusToDestruction()
    {
        await using var service = await StartAsync();
        var note = await service.IndexAsync(Alice, "note.txt", "The secret recipe is honey.", "public");
        var theirs = await service.IndexAsync(Eve, "note.txt", "A text of others.");

        var status = await Verbs.RunAsync(service.DataPath, "keys", "status");
        var rotated = await Verbs.RunAsync(service.DataPath, "keys", "rotate");
        var unsure = await Verbs.RunAsync(service.DataPath, "keys", "destroy", "--tenant", "acme", "--confirm", "globex");
        var destroyed = await Verbs.RunAsync(service.DataPath, "keys", "destroy", "--tenant", "acme", "--confirm", "acme", "--by", "ada");
        var after = await Verbs.RunAsync(service.DataPath, "keys", "status");

        status.Lines.ShouldContain(line => line.StartsWith("acme: key of ", StringComparison.Ordinal) && line.EndsWith("the current one", StringComparison.Ordinal));
        rotated.Lines.ShouldHaveSingleItem().ShouldStartWith("2 keys of tenants");
        unsure.Exit.ShouldBe(MaintenanceExit.Usage);
        destroyed.Exit.ShouldBe(MaintenanceExit.Done, destroyed.End.Text);
        destroyed.Lines.ShouldHaveSingleItem().ShouldBe("acme: the key is destroyed, and 1 documents and the index are removed.");
        after.Lines.ShouldContain(line => line.StartsWith("acme: key of ", StringComparison.Ordinal) && line.Contains("destroyed on", StringComparison.Ordinal));
        (await Should.ThrowAsync<ApiException>(service.Documents.GetAsync(Alice, note.Id, Cancellation))).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await Should.ThrowAsync<ApiException>(service.UploadAsync(Alice, "new.txt", "More.", ["public"]))).Status.ShouldBe(System.Net.HttpStatusCode.Gone);
        (await service.Documents.ListAsync(Alice, new DocumentListFilter(), after: null, limit: null, Cancellation)).Documents.ShouldBeEmpty();
        (await service.Documents.GetAsync(Eve, theirs.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Indexed);
        FilesWith(service.DataPath, "honey").ShouldBeEmpty();
        (await Verbs.RunAsync(service.DataPath, "audit", "export", "--tenant", "acme")).Lines[^1].ShouldContain("tenant.destroyed");
    }

    [Fact]
    public async Task Encrypt_WhatWasStoredInClear_IsUnreadableOnTheDiskAfterwards()
    {
        await using var service = await StartAsync("--Encryption:Documents=false");
        var note = await service.IndexAsync(Alice, "note.txt", "The secret recipe is honey.", "public");
        var blobs = Path.Combine(service.DataPath, "blobs");
        FilesWith(blobs, "honey").ShouldNotBeEmpty();
        (await Verbs.RunAsync(service.DataPath, "keys", "encrypt")).Exit.ShouldBe(MaintenanceExit.Failed);

        service.MoreSettings = ["--Encryption:Documents=true"];
        await service.RestartAsync();
        var run = await Verbs.RunAsync(service.DataPath, "keys", "encrypt", "--tenant", "acme");

        run.Lines.ShouldHaveSingleItem().ShouldContain("blobs were in clear and are encrypted now");
        FilesWith(blobs, "honey").ShouldBeEmpty();
        (await service.Documents.GetAsync(Alice, note.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Indexed);
        using var original = await service.Documents.GetOriginalAsync(Alice, note.Id, Cancellation);
        (await original.Content.ReadAsStringAsync(Cancellation)).ShouldBe("The secret recipe is honey.");
    }

    [Fact]
    public async Task Run_WithWrongWords_SaysWhatIsRight()
    {
        await using var service = await StartAsync();

        foreach (var words in new string[][] { [], ["forget"], ["destroy"], ["destroy", "--tenant", "acme"] })
            (await Verbs.RunAsync(service.DataPath, "keys", words)).Exit.ShouldBe(MaintenanceExit.Usage);
    }

    private static IEnumerable<string> FilesWith(string folder, string word) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".sock", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal))
        .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0);
}
