using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Chat;

/// <summary>A trial of another model for a share of the calls, section <c>Models:Chat:MODEL:Canary</c>.</summary>
public sealed record CanaryOptions
{
    /// <summary>Entry of <c>Models:Chat</c> that is tried; required.</summary>
    [Required(ErrorMessage = "Models:Chat:MODEL:Canary:Model is missing: name the entry of Models:Chat that is tried, or remove Canary.")]
    public string Model { get; set; } = "";

    /// <summary>Share of the tenants or requests that get the tried model, 0 to 1; 0.05 by default.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Models:Chat:MODEL:Canary:Share lies between 0 and 1.")]
    public double Share { get; set; } = 0.05;

    /// <summary>Unit of the share: <c>tenants</c>, so that a tenant always gets the same model, or <c>requests</c>; tenants by default.</summary>
    [AllowedValues("tenants", "requests", ErrorMessage = "Models:Chat:MODEL:Canary:Of is tenants or requests.")]
    public string Of { get; set; } = "tenants";

    /// <summary>Calls of the tried model before it is judged, 5 to 1,000,000; 50 by default.</summary>
    [Range(5, 1_000_000, ErrorMessage = "Models:Chat:MODEL:Canary:MinCalls lies between 5 and 1000000.")]
    public int MinCalls { get; set; } = 50;

    /// <summary>Largest share of failed calls above that of the model, 0 to 1; 0.05 by default. Beyond it, the trial ends.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Models:Chat:MODEL:Canary:MaxMoreErrors lies between 0 and 1.")]
    public double MaxMoreErrors { get; set; } = 0.05;

    /// <summary>Largest mean time to the first token in relation to the model's, 1 to 1,000; 2 by default. Beyond it, the trial ends.</summary>
    [Range(1.0, 1000.0, ErrorMessage = "Models:Chat:MODEL:Canary:MaxSlowdown lies between 1 and 1000.")]
    public double MaxSlowdown { get; set; } = 2;
}
