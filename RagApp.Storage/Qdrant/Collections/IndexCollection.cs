using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>The collection of one embedding model, with the chunks of all tenants.</summary>
/// <param name="Alias">Alias of the collection, for reads and writes.</param>
/// <param name="Collection">Name of the collection, which a restore changes.</param>
/// <param name="Model">Id of the embedding model.</param>
/// <param name="Dimension">Dimension of the vectors.</param>
internal sealed record IndexCollection(string Alias, string Collection, string Model, int Dimension)
{
    /// <summary>Version of the layout; a higher one creates new collections beside the old ones.</summary>
    private const int Layout = 1;

    private const int LongestSlug = 40;

    public static IndexCollection For(string prefix, string model, int dimension)
    {
        var alias = $"{prefix}-{Slug(model)}-{HashOf(model)}-{dimension}";
        return new IndexCollection(alias, $"{alias}-v{Layout}", model, dimension);
    }

    /// <summary>Readable form of the model's id with the characters that a collection's name may have; the hash makes the name unique.</summary>
    private static string Slug(string model)
    {
        var slug = new StringBuilder(model.Length);
        foreach (var letter in model.ToLowerInvariant().Take(LongestSlug))
            slug.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        return slug.ToString();
    }

    private static string HashOf(string model) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model)).AsSpan(0, 4));
}
