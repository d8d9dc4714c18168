using System.ComponentModel.DataAnnotations;

namespace RagApp.Cache.Server;

/// <summary>The embedded Redis server, section <c>Cache</c>.</summary>
internal sealed class CacheServerOptions
{
    public const string Section = "Cache";

    /// <summary>TCP port on loopback, 1 to 65535; no default: the AppHost passes a free one.</summary>
    [Range(1, 65535, ErrorMessage = "Cache:Port is missing or not between 1 and 65535: the AppHost passes it; set it to a free port when the cache is started by hand.")]
    public int Port { get; set; }

    /// <summary>Password that clients must send, at least 16 characters; no default.</summary>
    [Required(ErrorMessage = "Cache:Password is missing: the AppHost passes it; set it when the cache is started by hand.")]
    [MinLength(16, ErrorMessage = "Cache:Password needs at least 16 characters.")]
    public string Password { get; set; } = "";

    /// <summary>Folder of the server's data; no default.</summary>
    [Required(ErrorMessage = "Cache:DataPath is missing: give the folder that keeps the cache's data.")]
    public string DataPath { get; set; } = "";
}
