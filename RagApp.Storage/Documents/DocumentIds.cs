using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Documents;

/// <summary>A document is known by tenant and path: the same two always give the same id.</summary>
public static class DocumentIds
{
    /// <summary>32 lower-case hex digits: the first half of SHA-256 over tenant, NUL and path.</summary>
    public static string For(string tenant, string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\0{path}")).AsSpan(0, 16));

    /// <summary>Names a new life of a path: 16 random lower-case hex digits.</summary>
    public static string NewIncarnation() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
