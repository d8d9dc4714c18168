using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Storage;

/// <summary>The data folder, section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// Absolute path of the folder with the documents (<c>blobs/</c>) and the embedded index (<c>index/</c>), the same in every
    /// service that stores or searches. No default.
    /// </summary>
    [Required(ErrorMessage = "Storage:DataPath is missing: set it to the absolute path of the data folder; the AppHost passes it.")]
    public string DataPath { get; set; } = "";

    /// <summary>
    /// Largest number of tenants' indexes that a process keeps open, 1 to 10,000; 64 by default. The least recently used one is
    /// closed first.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Storage:OpenIndexes lies between 1 and 10,000.")]
    public int OpenIndexes { get; set; } = 64;
}

/// <summary>Validates that the data path is absolute.</summary>
internal sealed class DataPathValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options.DataPath.Length == 0 || Path.IsPathFullyQualified(options.DataPath)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Storage:DataPath is '{options.DataPath}', a relative path: give the absolute path of the data folder.");
}
