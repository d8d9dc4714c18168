using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Index;

/// <summary>The index entry of one version of a document.</summary>
/// <param name="Incarnation">Incarnation of the document; empty for an entry from before incarnations existed.</param>
/// <param name="Chunks">Number of chunks.</param>
/// <param name="AccessFingerprint">
/// <see cref="FingerprintOf"/> of the access list; empty for an entry from before fingerprints existed.
/// </param>
/// <param name="Model">Embedding model of the vectors.</param>
public sealed record IndexedVersion(string DocumentId, string Incarnation, int Version, int Chunks, string AccessFingerprint, string Model)
{
    /// <summary>Fingerprint of an access list, whatever the order of its entries: the first half of a SHA-256, lower-case hex.</summary>
    public static string FingerprintOf(IEnumerable<string> access)
    {
        var entries = string.Join('\n', access.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entries)).AsSpan(0, 16));
    }
}
