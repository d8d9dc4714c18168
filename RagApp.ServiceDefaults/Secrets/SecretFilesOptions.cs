namespace RagApp.ServiceDefaults.Secrets;

/// <summary>Settings that are files, section <c>SecretFiles</c>.</summary>
public sealed class SecretFilesOptions
{
    public const string Section = "SecretFiles";

    /// <summary>
    /// Folder with one file for each setting: its name is the setting's, with two underscores for a colon, and its content the value.
    /// None by default.
    /// </summary>
    public string? Folder { get; set; }
}
