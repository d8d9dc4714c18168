using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Documents;

/// <summary>Makes document ids: the same tenant and path always give the same id.</summary>
public static class DocumentIds
{
    /// <summary>The id of a document, 32 lower-case hex digits: the first half of the SHA-256 of tenant, NUL and path.</summary>
    public static string For(string tenant, string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\0{path}")).AsSpan(0, 16));

    /// <summary>A new incarnation, which names one life of a path: 16 random lower-case hex digits.</summary>
    public static string NewIncarnation() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
