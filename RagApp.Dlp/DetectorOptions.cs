using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace RagApp.Dlp;

/// <summary>Settings of the detectors, section <c>Dlp</c>.</summary>
public sealed class DetectorOptions
{
    public const string Section = "Dlp";

    /// <summary>Region of phone numbers without a country code, as an ISO 3166 code; US by default.</summary>
    public string PhoneRegion { get; set; } = "US";
}

internal sealed class DetectorOptionsValidator : IValidateOptions<DetectorOptions>
{
    public ValidateOptionsResult Validate(string? name, DetectorOptions options) =>
        PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(options.PhoneRegion)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Dlp:PhoneRegion is '{options.PhoneRegion}'; it is a country in two capital letters, such as US or DE.");
}
