using System.ComponentModel.DataAnnotations;

namespace RagApp.ServiceDefaults.Identity;

/// <summary>Options of the identity between services, section <c>Identity</c>.</summary>
public sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>Secret key that signs internal tokens, at least 32 characters, the same in every service.</summary>
    [Required(ErrorMessage = "Identity:SigningKey is missing: the AppHost passes it; set it when a service is started by hand.")]
    [MinLength(32, ErrorMessage = "Identity:SigningKey needs at least 32 characters.")]
    public string SigningKey { get; set; } = "";

    /// <summary>Time a token is valid, 00:00:10 to 00:15:00; 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:15:00", ErrorMessage = "Identity:TokenLifetime lies between 00:00:10 and 00:15:00.")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(2);
}
