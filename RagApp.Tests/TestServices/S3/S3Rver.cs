using System.Diagnostics;
using System.Globalization;
using RagApp.Benchmarks.Services;
using RagApp.Storage.S3;

namespace RagApp.Tests.TestServices.S3;

/// <summary>The npm package s3rver, a third-party S3 server. It ignores the conditions of writes.</summary>
internal sealed class S3Rver : IAsyncDisposable
{
    private const string Bucket = "documents";
    private const string Key = "S3RVER";

    private static readonly string Script = Path.Combine(Repository.Root, "eng", "s3rver", "node_modules", "s3rver", "bin", "s3rver.js");

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private Process _process = null!;

    /// <summary>Reason why s3rver cannot be started on this machine; null when it can.</summary>
    public static string? Missing => NodeProgram.Missing ?? (File.Exists(Script) ? null : "s3rver is not installed: run 'npm ci --prefix eng/s3rver --ignore-scripts'.");

    public S3Options Options => new()
    {
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"),
        Bucket = Bucket, AccessKey = Key, SecretKey = Key,
    };

    public static async Task<S3Rver> StartAsync()
    {
        var server = new S3Rver();
        await server.LaunchAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task LaunchAsync()
    {
        var port = _port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(
            NodeProgram.Path!, [Script, "--directory", _folder.Path, "--address", "127.0.0.1", "--port", port, "--configure-bucket", Bucket])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        // The line "S3rver listening on 127.0.0.1:4568" marks the end of the start.
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("listening", StringComparison.Ordinal))
            continue;
        _ = _process.StandardOutput.ReadToEndAsync();
        if (_process.HasExited)
            throw new InvalidOperationException($"s3rver did not start on port {port}.");
    }
}
