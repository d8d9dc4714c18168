using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

/// <summary>Applies <c>ConnectionStrings:documents</c> to the options; its names are those of <see cref="S3Options"/>.</summary>
internal sealed class S3Connection(IConfiguration configuration) : IPostConfigureOptions<S3Options>
{
    public void PostConfigure(string? name, S3Options options)
    {
        if (name != Options.DefaultName || configuration.GetConnectionString(S3Options.ConnectionName) is not { Length: > 0 } text)
            return;
        foreach (var (key, value) in Parse(text))
            Set(options, key, value);
    }

    private static IEnumerable<(string Key, string Value)> Parse(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return [.. parts.Keys.Cast<string>().Select(key => (key, Convert.ToString(parts[key], CultureInfo.InvariantCulture) ?? ""))];
        }
        catch (ArgumentException)
        {
            throw Wrong("it is not written as Name=value;Name=value"); // the exception's text would contain the secret key
        }
    }

    private static void Set(S3Options options, string key, string value)
    {
        switch (key.ToUpperInvariant())
        {
            case "ENDPOINT": options.Endpoint = value; break;
            case "BUCKET": options.Bucket = value; break;
            case "REGION": options.Region = value; break;
            case "ACCESSKEY": options.AccessKey = value; break;
            case "SECRETKEY": options.SecretKey = value; break;
            case "PREFIX": options.Prefix = value; break;
            case "PATHSTYLE" when bool.TryParse(value, out var pathStyle): options.PathStyle = pathStyle; break;
            case "SINGLEWRITER" when bool.TryParse(value, out var singleWriter): options.SingleWriter = singleWriter; break;
            default: throw Wrong($"'{key}' is unknown, or neither true nor false");
        }
    }

    private static OptionsValidationException Wrong(string problem) => new(
        S3Options.Section, typeof(S3Options),
        [$"ConnectionStrings:{S3Options.ConnectionName} is wrong: {problem}. It has Endpoint, Bucket, AccessKey, SecretKey, and where needed Region, Prefix, PathStyle, SingleWriter."]);
}
