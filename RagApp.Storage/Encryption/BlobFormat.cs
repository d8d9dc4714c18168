using RagApp.Storage.Blobs;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>The encrypted blobs of the document store.</summary>
internal sealed record BlobFormat() : SealedFormat("RAGBLB01", "ragapp blob")
{
    public static BlobFormat Instance { get; } = new();

    public override Exception Damaged(string name, string problem, Exception? inner = null) => new CorruptBlobException(name, problem, inner);

    public override Exception UnknownKey(string name) => new CorruptBlobException(name, "it is encrypted with a key that its tenant does not have");
}
