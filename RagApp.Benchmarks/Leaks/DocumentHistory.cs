using System.Text.Json.Nodes;

namespace RagApp.Benchmarks.Leaks;

/// <summary>Changes documents and groups, one change after the other, in the running system and in the world that is kept beside it.</summary>
internal sealed class DocumentHistory(MadeWorld world, LeakServices services, LeakClient client)
{
    private static readonly MadeKind[] Kinds = [MadeKind.Plain, MadeKind.Plain, MadeKind.Plain, MadeKind.Redacted, MadeKind.Quarantined];

    /// <summary>One change, with the document that it concerns.</summary>
    /// <param name="Document">Document to ask for before and after; null when the change makes it.</param>
    internal sealed record Change(MadeDocument? Document, Func<CancellationToken, Task<MadeDocument>> ApplyAsync);

    /// <summary>The next change of any kind.</summary>
    public Change Next()
    {
        if (world.Once(60))
            return new Change(Document: null, RebuildAsync);
        var uploads = world.Uploads();
        var files = world.Uploads(document => document.Latest.Kind != MadeKind.Archive);
        var held = world.Uploads(document => document.Latest is { IsHeld: true, IsRefused: false });
        return world.Number(14) switch
        {
            0 or 1 when files.Count > 0 => Of(world.Any(files), ReplaceAsync),
            2 when uploads.Count > 20 => Of(world.Any(uploads), DeleteAsync),
            3 when held.Count > 0 => Of(world.Any(held), DecideAsync),
            4 when files.Count > 0 => Of(world.Any(files), RenameAsync),
            5 or 6 or 7 when uploads.Count > 0 => Of(world.Any(uploads), ShareAsync),
            8 or 9 or 10 => Of(world.Any(uploads), (document, _) => Task.FromResult(ChangeGroup(document))),
            11 when files.Count > 0 => new Change(Document: null, token => CopyAsync(world.Any(files), token)),
            _ => new Change(Document: null, token => UploadAsync(world.Any(world.People), token)),
        };
    }

    /// <summary>Uploads a new document of any kind; it is shared at random when <paramref name="access"/> is empty.</summary>
    public async Task<MadeDocument> UploadAsync(MadePerson uploader, CancellationToken cancellationToken, params IReadOnlyList<string> access)
    {
        var document = world.NewDocument(uploader, access);
        if (world.Once(8))
        {
            document.Versions.Add(world.Content.Archive(document));
            world.Documents.AddRange(document.Members);
        }
        else
        {
            document.Versions.Add(world.Content.Next(document, world.Any(Kinds)));
        }
        await SendAsync(document, cancellationToken);
        return document;
    }

    public async Task<MadeDocument> DeleteAsync(MadeDocument document, CancellationToken cancellationToken)
    {
        await CallAsync(document, HttpMethod.Delete, "", body: null, cancellationToken);
        document.Delete();
        return document;
    }

    /// <summary>Uploads a new document with the bytes of another one, perhaps of another tenant, for other readers.</summary>
    private async Task<MadeDocument> CopyAsync(MadeDocument of, CancellationToken cancellationToken)
    {
        var copy = world.NewDocument(world.Any(world.People));
        copy.Versions.Add(world.Content.Copy(copy, of.Latest));
        await SendAsync(copy, cancellationToken);
        return copy;
    }

    private async Task<MadeDocument> ReplaceAsync(MadeDocument document, CancellationToken cancellationToken)
    {
        document.Versions.Add(world.Content.Next(document, world.Any(Kinds)));
        await SendAsync(document, cancellationToken);
        return document;
    }

    /// <summary>Uploads the same bytes to another path, and deletes the old document.</summary>
    private async Task<MadeDocument> RenameAsync(MadeDocument document, CancellationToken cancellationToken)
    {
        var renamed = world.NewDocument(world.UploaderOf(document), document.Access);
        renamed.Versions.Add(world.Content.Copy(renamed, document.Latest));
        await SendAsync(renamed, cancellationToken);
        await DeleteAsync(document, cancellationToken);
        return document;
    }

    private async Task<MadeDocument> ShareAsync(MadeDocument document, CancellationToken cancellationToken)
    {
        var access = world.AnyAccess();
        var body = new JsonObject { ["access"] = new JsonArray([.. access.Select(entry => JsonValue.Create(entry))]), ["withoutMe"] = true };
        await CallAsync(document, HttpMethod.Put, "/access", body, cancellationToken);
        document.Share(access);
        return document;
    }

    private async Task<MadeDocument> DecideAsync(MadeDocument document, CancellationToken cancellationToken)
    {
        var isReleased = world.Once(2);
        await services.DecideAsync(document, isReleased, cancellationToken);
        await client.SettleAsync(world.UploaderOf(document), document, cancellationToken);
        if (isReleased)
            (document.Latest.IsHeld, document.Searchable) = (false, document.Latest.Number);
        else
            document.Latest.IsRefused = true;
        return document;
    }

    private async Task<MadeDocument> RebuildAsync(CancellationToken cancellationToken)
    {
        await services.RebuildAsync(cancellationToken);
        return world.Any(world.Documents);
    }

    /// <summary>Lets a person leave a group that reads the document, or join one.</summary>
    private MadeDocument ChangeGroup(MadeDocument document)
    {
        var members = world.People.Where(person => person.Tenant == document.Tenant && person.Groups.Count > 0).ToList();
        var reading = members.Where(person => Rights.MayRead(person, document)).ToList();
        if (reading.Count > 0 && world.Once(2))
        {
            world.Any(reading).Groups.RemoveAt(0);
            return document;
        }
        var joining = world.Any(world.People);
        var group = world.AnyGroup();
        if (!joining.Groups.Contains(group))
            joining.Groups.Add(group);
        return document;
    }

    private async Task SendAsync(MadeDocument document, CancellationToken cancellationToken)
    {
        await client.UploadAsync(world.UploaderOf(document), document, cancellationToken);
        if (!document.Latest.IsHeld)
            document.Searchable = document.Latest.Number;
    }

    private async Task CallAsync(MadeDocument document, HttpMethod method, string what, JsonNode? body, CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(world.UploaderOf(document), new LeakRequest("", method, $"v1/documents/{document.Id}{what}", body), cancellationToken);
        if (reply.Status >= 300)
            throw new InvalidOperationException($"{method} {what} is a {reply.Status} for {document}: {reply.Text}");
    }

    private static Change Of(MadeDocument document, Func<MadeDocument, CancellationToken, Task<MadeDocument>> apply) => new(document, token => apply(document, token));
}
