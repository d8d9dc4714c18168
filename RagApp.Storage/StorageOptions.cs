using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Storage;

/// <summary>Where documents and index are kept, section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// Folder that holds the documents (<c>blobs/</c>) and the embedded index (<c>index/</c>), as an absolute
    /// path; every service that stores or searches names the same one. No default.
    /// </summary>
    [Required(ErrorMessage = "Storage:DataPath is missing: set it to the absolute path of the data folder; the AppHost passes it.")]
    public string DataPath { get; set; } = "";

    /// <summary>How many tenants' indexes a process keeps open at once, 1 to 10,000; 64 by default. The one unused for longest is closed first.</summary>
    [Range(1, 10_000, ErrorMessage = "Storage:OpenIndexes lies between 1 and 10,000.")]
    public int OpenIndexes { get; set; } = 64;
}

/// <summary>Looks at what annotations cannot say: that the path is absolute.</summary>
internal sealed class DataPathValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options.DataPath.Length == 0 || Path.IsPathFullyQualified(options.DataPath)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Storage:DataPath is '{options.DataPath}', a relative path: give the absolute path of the data folder.");
}
