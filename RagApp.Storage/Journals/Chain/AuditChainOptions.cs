using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Journals.Chain;

/// <summary>Options of the hash chain over the audit journals, section <c>Audit</c>; the same in every service.</summary>
public sealed class AuditChainOptions
{
    public const string Section = "Audit";

    internal const int MinKeyLength = 32;

    /// <summary>Secret key that signs links and checkpoints, at least 32 characters; the key between services (<c>Identity:SigningKey</c>) by default.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Keys that signed before, with which older links are verified; none by default.</summary>
    public List<string> FormerKeys { get; } = [];

    /// <summary>Time between two checkpoints of a tenant with new records, 00:00:10 to 1.00:00:00; 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ErrorMessage = "Audit:CheckpointInterval lies between 00:00:10 and 1.00:00:00.")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Days after which records are removed, 0 to 36,500; 0, the default, keeps them for good.</summary>
    [Range(0, 36_500, ErrorMessage = "Audit:RetentionDays lies between 0 (records are kept for good) and 36,500.")]
    public int RetentionDays { get; set; }
}

/// <summary>Validates the length of the keys.</summary>
internal sealed class AuditKeyValidator : IValidateOptions<AuditChainOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditChainOptions options) =>
        options.FormerKeys.Append(options.SigningKey).Any(key => key.Length is > 0 and < AuditChainOptions.MinKeyLength)
            ? ValidateOptionsResult.Fail($"Audit:SigningKey and Audit:FormerKeys:N need at least {AuditChainOptions.MinKeyLength} characters each.")
            : ValidateOptionsResult.Success;
}
