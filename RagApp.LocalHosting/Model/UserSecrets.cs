using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The AppHost's user secrets file, as <c>dotnet user-secrets</c> keeps it: one flat JSON object, readable by its owner only.</summary>
internal sealed class UserSecrets(string? path)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _gate = new();

    /// <summary>The value under <paramref name="key"/>; made and kept when there is none. Without a file it is made anew each time.</summary>
    public string GetOrAdd(string key, Func<string> make)
    {
        lock (_gate)
        {
            var secrets = Read();
            if (secrets[key] is JsonValue present && present.TryGetValue<string>(out var value))
                return value;

            value = make();
            secrets[key] = value;
            Write(secrets);
            return value;
        }
    }

    private JsonObject Read() =>
        path is not null && File.Exists(path)
            ? JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject ?? []
            : [];

    private void Write(JsonObject secrets)
    {
        if (path is null)
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var writer = new StreamWriter(temporary, options))
            writer.Write(secrets.ToJsonString(Format));
        File.Move(temporary, path, overwrite: true);
    }
}
