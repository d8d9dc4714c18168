using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Takes over what <c>ConnectionStrings:qdrant_http</c> says: <c>Endpoint=...;Key=...</c>, or addresses alone.</summary>
internal sealed class QdrantConnection(IConfiguration configuration) : IPostConfigureOptions<QdrantOptions>
{
    public void PostConfigure(string? name, QdrantOptions options)
    {
        if (configuration.GetConnectionString(QdrantOptions.ConnectionName) is not { Length: > 0 } text)
            return;
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            options.Endpoint = text;
            return;
        }
        var parts = Parse(text);
        foreach (string part in parts.Keys)
            Set(options, part, Convert.ToString(parts[part], CultureInfo.InvariantCulture) ?? "");
    }

    private static DbConnectionStringBuilder Parse(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw Wrong("it is neither an address nor written as Endpoint=...;Key=..."); // the text itself holds a secret
        }
    }

    private static void Set(QdrantOptions options, string part, string value)
    {
        switch (part.ToUpperInvariant())
        {
            case "ENDPOINT": options.Endpoint = value; break;
            case "KEY": options.Key = value; break;
            default: throw Wrong($"'{part}' is unknown");
        }
    }

    private static OptionsValidationException Wrong(string problem) => new(
        QdrantOptions.Section, typeof(QdrantOptions),
        [$"ConnectionStrings:{QdrantOptions.ConnectionName} is wrong: {problem}. Write Endpoint=https://host:6333;Key=..., several addresses joined by commas."]);
}
