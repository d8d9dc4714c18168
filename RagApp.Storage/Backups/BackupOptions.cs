using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RagApp.Storage.S3;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Backups;

/// <summary>
/// Backups of the index and of the document store's records, section <c>Backup</c>. They go to a folder, or to the bucket of
/// <c>Backup:S3</c>, which has the settings of <see cref="S3Options"/>; without either there are none.
/// </summary>
public sealed class BackupOptions
{
    public const string Section = "Backup";

    /// <summary>Absolute path of the folder for backups, on another disk than the data; empty for a bucket or no backups. No default.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Name of the installation whose backups these are: letters, digits and <c>._-</c>; <c>ragapp</c> by default. A backup of another installation is not restored.</summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,62}", ErrorMessage = "Backup:Installation is a name of letters, digits and '._-', 1 to 63 characters.")]
    public string Installation { get; set; } = "ragapp";

    /// <summary>Key that encrypts backups: 32 random bytes as Base64, never logged. Only the verbs that make or read backups need it. No default.</summary>
    public string Key { get; set; } = "";

    /// <summary>Earlier keys, with which older backups can still be read; none by default.</summary>
    public IReadOnlyList<string> OldKeys { get; set; } = [];

    /// <summary>Largest number of backups, 1 to 1,000; 30 by default. A new backup removes the oldest ones above it.</summary>
    [Range(1, 1_000, ErrorMessage = "Backup:Keep lies between 1 and 1,000.")]
    public int Keep { get; set; } = 30;

    /// <summary>Age from which a backup is removed by a new one, 01:00:00 to 3650.00:00:00; 30 days by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00", ErrorMessage = "Backup:KeepFor lies between 01:00:00 and 3650.00:00:00.")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// True to save originals, texts and vectors as well, for a document store that is not copied in another way; false by
    /// default, which saves manifests, access lists, control records and journals.
    /// </summary>
    public bool Documents { get; set; }

    /// <summary>Absolute path of a folder for files while a backup is made or read; <c>backup</c> in the data folder by default.</summary>
    public string Scratch { get; set; } = "";

    internal bool HasKey => Key.Length > 0;
}

/// <summary>Validates paths and keys.</summary>
internal sealed class BackupOptionsValidator : IValidateOptions<BackupOptions>
{
    public ValidateOptionsResult Validate(string? name, BackupOptions options)
    {
        if (options.Folder.Length > 0 && !Path.IsPathFullyQualified(options.Folder))
            return ValidateOptionsResult.Fail($"Backup:Folder is '{options.Folder}', a relative path: give the absolute path of the folder.");
        if (options.Scratch.Length > 0 && !Path.IsPathFullyQualified(options.Scratch))
            return ValidateOptionsResult.Fail($"Backup:Scratch is '{options.Scratch}', a relative path: give the absolute path of the folder.");
        if (options.HasKey && !SealingKey.IsValid(options.Key))
            return ValidateOptionsResult.Fail("Backup:Key is not 32 bytes as Base64: make one with 'openssl rand -base64 32'.");
        return options.OldKeys.All(SealingKey.IsValid)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("One of Backup:OldKeys is not 32 bytes as Base64.");
    }
}
