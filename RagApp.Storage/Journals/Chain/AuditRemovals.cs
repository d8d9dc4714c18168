using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Journals.Chain;

/// <summary>Writes and reads the signed statements about removed beginnings of chains.</summary>
internal sealed class AuditRemovals(IBlobStore blobs, AuditSignatures signatures)
{
    /// <summary>The newest valid statement of a journal; null when nothing of it was removed.</summary>
    /// <param name="problems">Receives a sentence for each statement that is damaged or not signed by a known key.</param>
    public async Task<AuditRemoval?> FindAsync(string folder, ICollection<string>? problems, CancellationToken cancellationToken)
    {
        AuditRemoval? newest = null;
        await foreach (var key in blobs.ListAsync(ChainKeys.Removals(folder), after: null, cancellationToken))
        {
            await using var blob = await blobs.ReadAsync(key, cancellationToken);
            try
            {
                var removal = blob is null ? null : await SealedJson.ReadAsync(key, blob, JournalsJson.Plain.AuditRemoval, cancellationToken);
                if (removal is not null && signatures.IsValid(removal.SignedText(folder), removal.Signature))
                    newest = removal.Through > (newest?.Through ?? 0) ? removal : newest;
                else if (blob is not null)
                    problems?.Add($"The statement of a removal '{key}' is not signed by a known key: it was changed or forged.");
            }
            catch (CorruptBlobException)
            {
                problems?.Add($"The statement of a removal '{key}' is damaged.");
            }
        }
        return newest;
    }

    public async Task WriteAsync(string folder, AuditRemoval removal, CancellationToken cancellationToken)
    {
        var signed = removal with { Signature = signatures.Sign(removal.SignedText(folder)) };
        await using var content = SealedJson.Write(signed, JournalsJson.Plain.AuditRemoval);
        await blobs.PutAsync(ChainKeys.Removal(folder, removal.Through), content, BlobCondition.None, cancellationToken);
    }
}
