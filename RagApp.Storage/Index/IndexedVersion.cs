using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Index;

/// <summary>What the index holds of one version of a document.</summary>
/// <param name="Incarnation">The life of the path that the version is of; empty when it was written before lives were told apart.</param>
/// <param name="Chunks">How many.</param>
/// <param name="AccessFingerprint">
/// <see cref="FingerprintOf"/> of its access list; empty when it was written before there was one.
/// </param>
/// <param name="Model">The model of its vectors.</param>
public sealed record IndexedVersion(string DocumentId, string Incarnation, int Version, int Chunks, string AccessFingerprint, string Model)
{
    /// <summary>Stands for an access list whatever its order: the first half of SHA-256, lower-case hex.</summary>
    public static string FingerprintOf(IEnumerable<string> access)
    {
        var entries = string.Join('\n', access.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entries)).AsSpan(0, 16));
    }
}
