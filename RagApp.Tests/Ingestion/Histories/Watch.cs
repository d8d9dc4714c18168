using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Access;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>Compares the documents that users can read and find with the claims of the documents' owners.</summary>
internal sealed class Watch(SteppedService service, IReadOnlyList<Claim> claims)
{
    public static readonly Principal Alice = new("acme", "alice", ["staff"], [], Region: null);
    public static readonly Principal Bob = new("acme", "bob", ["staff"], [], Region: null);
    public static readonly Principal Carol = new("acme", "carol", [], [], Region: null);

    public void LookAtIndex()
    {
        foreach (var document in service.Index.Documents.Values)
        {
            foreach (var reader in (Principal[])[Alice, Bob, Carol])
            {
                if (AccessFilter.For(reader).Allows(document.Tenant, document.Access))
                    ShouldBeReadable(reader, [.. document.Chunks.Select(chunk => chunk.Text)], $"the index at {document.Path}");
            }
        }
    }

    public void LookAtLibrary()
    {
        var library = service.AtOnce.GetRequiredService<DocumentLibrary>();
        foreach (var id in service.AtOnce.GetRequiredService<IManifestStore>().ListIdsAsync("acme", default).ToBlockingEnumerable().ToList())
        {
            foreach (var reader in (Principal[])[Alice, Bob, Carol])
            {
                if (library.ReadTextAsync(reader, id, default).GetAwaiter().GetResult() is { } text)
                    ShouldBeReadable(reader, [.. text.Passages.Select(passage => passage.Text)], $"the text of {text.Path}");
            }
        }
    }

    private void ShouldBeReadable(Principal reader, IReadOnlyList<string> texts, string where)
    {
        foreach (var word in texts.Select(WordIn))
        {
            if (!claims.Any(claim => claim.Words.Contains(word) && MayRead(claim, reader)))
                throw new ShouldAssertException($"{reader.Subject} reads {word} in {where}.");
        }
    }

    /// <summary>
    /// True when the reader may read a file of this claim. A file whose upload was not answered may be part of its owner's
    /// current document at that path.
    /// </summary>
    private bool MayRead(Claim claim, Principal reader) =>
        claim.MayRead(reader)
        || (claim.IsUncertain && !claim.IsOver && claims.Any(other => other.Owner == claim.Owner && other.Path == claim.Path && other.MayRead(reader)));

    /// <summary>
    /// Asserts that every document that certainly exists is found complete with its access list, and that every found word
    /// belongs to a document that may exist.
    /// </summary>
    public void Compare()
    {
        var found = service.Index.Documents.Values
            .SelectMany(document => document.Chunks.Select(chunk => (Word: WordIn(chunk.Text), document.Access)))
            .ToDictionary(entry => entry.Word, entry => entry.Access, StringComparer.Ordinal);
        var certain = claims.Where(claim => claim is { IsOver: false, IsUncertain: false, Content: not null }).ToList();
        foreach (var claim in certain)
        {
            foreach (var word in claim.Content!.AllWords())
            {
                found.ShouldContainKey(word);
                found[word].ShouldBe(claim.Possible.Single(), ignoreOrder: true);
            }
        }
        var expected = certain.SelectMany(claim => claim.Content!.AllWords()).Concat(claims.Where(claim => claim.IsUncertain && !claim.IsOver).SelectMany(claim => claim.Words));
        found.Keys.Except(expected).ShouldBeEmpty("what nobody has any more is not found");
        Leftovers.In(service).ShouldBeEmpty("every blob is named by a document that is there");
    }

    private static string WordIn(string text) => text.Split(' ')[2].TrimEnd('.');
}
