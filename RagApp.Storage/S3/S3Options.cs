using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>
/// The bucket of an S3-compatible server for the documents, section <c>Storage:S3</c>; without an endpoint, documents are kept in
/// a folder. Alternative: <c>ConnectionStrings:documents</c>, as <c>Endpoint=https://...;Bucket=...;AccessKey=...;SecretKey=...</c>.
/// </summary>
public sealed class S3Options
{
    public const string Section = "Storage:S3";
    public const string ConnectionName = "documents";

    /// <summary>Section of the bucket for backups, whose options have the name <see cref="ForBackups"/>.</summary>
    public const string BackupSection = "Backup:S3";

    public const string ForBackups = "backups";

    /// <summary>The section that messages name.</summary>
    internal string NamedSection { get; set; } = Section;

    /// <summary>Address of the server, <c>https://host[:port]</c>; <c>http</c> only in a network that nobody can listen in on. No default.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Name of an existing bucket. No default.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Region for the signature of requests; <c>us-east-1</c> by default, which servers without regions accept.</summary>
    [Required(ErrorMessage = "Storage:S3:Region is empty: give the bucket's region; servers without regions take us-east-1.")]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Id of the access key. No default.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>Secret of the access key, never logged. No default.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>
    /// True for the bucket in the path (<c>https://host/bucket/key</c>), false for the host name
    /// (<c>https://bucket.host/key</c>); true by default.
    /// </summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>Folder in the bucket, such as <c>ragapp/production</c>, so that installations can share a bucket; empty by default.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>
    /// True to accept a server that ignores the conditions of writes; false by default. This process then checks the conditions
    /// itself, which is only safe when one process writes: never run two replicas of the ingestion.
    /// </summary>
    public bool SingleWriter { get; set; }

    /// <summary>Longest wait for an answer, and between two pieces of a blob that is being read, 1 s to 10 min; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Storage:S3:Timeout lies between 00:00:01 and 00:10:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsConfigured => Endpoint.Length > 0;
}

/// <summary>Validates the settings that depend on each other.</summary>
internal sealed class S3ChoiceValidator : IValidateOptions<S3Options>
{
    public ValidateOptionsResult Validate(string? name, S3Options options)
    {
        var section = options.NamedSection;
        if (!options.IsConfigured)
            return options.Bucket.Length == 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{section}:Bucket is set, but {section}:Endpoint is not: give the server's address, or remove the bucket to keep documents in a folder.");
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.PathAndQuery != "/")
            return ValidateOptionsResult.Fail($"{section}:Endpoint is '{options.Endpoint}': give scheme, host and port only, such as https://s3.example.com:9000.");
        if (options.Bucket.Length == 0 || options.AccessKey.Length == 0 || options.SecretKey.Length == 0)
            return ValidateOptionsResult.Fail($"{section} needs Bucket, AccessKey and SecretKey beside Endpoint; the AppHost asks for them as parameters.");
        return IsPrefix(options.Prefix)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{section}:Prefix is '{options.Prefix}': use letters, digits and '._-', segments joined by '/', none at the ends.");
    }

    private static bool IsPrefix(string prefix)
    {
        try
        {
            return prefix.Length == 0 || BlobKey.Split(prefix).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
