using Microsoft.Extensions.Options;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>Encryption of stored documents and cached answers, section <c>Encryption</c>; the same in every service.</summary>
public sealed class EncryptionOptions
{
    public const string Section = "Encryption";

    /// <summary>
    /// Master key, which encrypts the keys of tenants: 32 random bytes as Base64, never logged. By default the first line of
    /// <c>keys/encryption.key</c> in the data folder, which is made when it is missing; a bucket has no default.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>Earlier master keys, with which keys of tenants can still be read until <c>maintenance keys rotate</c>; none by default.</summary>
    public IReadOnlyList<string> OldKeys { get; set; } = [];

    /// <summary>True to encrypt what is stored of documents from now on; true by default. What is encrypted stays readable.</summary>
    public bool Documents { get; set; } = true;
}

/// <summary>Validates the keys.</summary>
internal sealed class EncryptionOptionsValidator : IValidateOptions<EncryptionOptions>
{
    public ValidateOptionsResult Validate(string? name, EncryptionOptions options)
    {
        if (options.Key.Length > 0 && !SealingKey.IsValid(options.Key))
            return ValidateOptionsResult.Fail("Encryption:Key is not 32 bytes as Base64: make one with 'openssl rand -base64 32'.");
        if (options.Key.Length == 0 && options.OldKeys.Count > 0)
            return ValidateOptionsResult.Fail("Encryption:OldKeys are set, but Encryption:Key is not: set the key that replaces them.");
        return options.OldKeys.All(SealingKey.IsValid)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("One of Encryption:OldKeys is not 32 bytes as Base64.");
    }
}
