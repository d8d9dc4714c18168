using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>The collection of one embedding model: all tenants' chunks with that model's vectors.</summary>
/// <param name="Alias">What is written to and searched; it points to the collection.</param>
/// <param name="Collection">The collection's own name: after a restore another one.</param>
/// <param name="Model">Id of the embedding model.</param>
/// <param name="Dimension">Numbers per vector.</param>
internal sealed record IndexCollection(string Alias, string Collection, string Model, int Dimension)
{
    /// <summary>Raised when a change of the layout needs new collections beside the old ones.</summary>
    private const int Layout = 1;

    private const int LongestSlug = 40;

    public static IndexCollection For(string prefix, string model, int dimension)
    {
        var alias = $"{prefix}-{Slug(model)}-{HashOf(model)}-{dimension}";
        return new IndexCollection(alias, $"{alias}-v{Layout}", model, dimension);
    }

    /// <summary>The model's name as far as a collection's may have it: for people, the hash tells models apart.</summary>
    private static string Slug(string model)
    {
        var slug = new StringBuilder(model.Length);
        foreach (var letter in model.ToLowerInvariant().Take(LongestSlug))
            slug.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        return slug.ToString();
    }

    private static string HashOf(string model) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model)).AsSpan(0, 4));
}
