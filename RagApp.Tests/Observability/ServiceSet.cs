using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RagApp.Benchmarks.Services;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Observability;

/// <summary>The five services as separate processes on free ports, with the environment that Aspire's host gives its children.</summary>
internal sealed class ServiceSet(string dataPath, string? otlp) : IAsyncDisposable
{
    private const string Password = "a-password-for-tests";

    private static readonly (string Name, string Project)[] All =
    [
        ("cache", "RagApp.Cache"), ("embedding", "RagApp.Embedding"), ("document-ingestion", "RagApp.Ingestion"), ("query-router", "RagApp.Query"), ("api-gateway", "RagApp.Gateway"),
    ];

    private readonly Dictionary<string, int> _ports = All.ToDictionary(service => service.Name, _ => FreePort.Next(), StringComparer.Ordinal);
    private readonly int _redis = FreePort.Next();
    private readonly List<Running> _running = [];

    public Uri Gateway => AddressOf("api-gateway");

    /// <summary>Lines that all services have printed, each prefixed with its service's name.</summary>
    public IEnumerable<string> Printed => _running.SelectMany(service => service.Lines.Select(line => $"{service.Name}: {line}"));

    /// <summary>Starts the services in the order of the AppHost, each after the services that it calls are ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Launch("cache");
        await ReadyAsync("cache", cancellationToken);
        Launch("embedding");
        await ReadyAsync("embedding", cancellationToken);
        Launch("document-ingestion");
        Launch("query-router");
        Launch("api-gateway");
        foreach (var (name, _) in All)
            await ReadyAsync(name, cancellationToken);
    }

    /// <summary>Starts all services at once without waiting.</summary>
    public void Launch()
    {
        foreach (var (name, _) in All)
            Launch(name);
    }

    /// <summary>Sends a signal to all services, first to the cache, as an orchestrator or a terminal does.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-s", signal, .. _running.Select(service => service.Process.Id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits until all services have ended; returns their exit codes.</summary>
    public async Task<IReadOnlyDictionary<string, int>> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var service in _running)
            await service.Process.WaitForExitAsync(cancellationToken);
        return _running.ToDictionary(service => service.Name, service => service.Process.ExitCode, StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running)
        {
            if (!service.Process.HasExited)
                service.Process.Kill(entireProcessTree: true);
            await service.Process.WaitForExitAsync();
            service.Process.Dispose();
        }
    }

    private Uri AddressOf(string name) => new($"http://localhost:{_ports[name]}/");

    private void Launch(string name)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltOutput(All.Single(service => service.Name == name).Project)])
        {
            UseShellExecute = false, // a shell drops environment variables with a hyphen in their name
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in Environment(name))
            start.Environment[variable] = value;
        var lines = new ConcurrentQueue<string>();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Add(lines, line.Data);
        process.ErrorDataReceived += (_, line) => Add(lines, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _running.Add(new Running(name, process, lines));
    }

    private static void Add(ConcurrentQueue<string> lines, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            lines.Enqueue(line);
    }

    private IEnumerable<(string Name, string Value)> Environment(string name)
    {
        yield return ("ASPNETCORE_URLS", AddressOf(name).ToString());
        yield return ("ASPNETCORE_ENVIRONMENT", "Development");
        yield return ("Identity__SigningKey", ServiceSettings.SigningKey);
        yield return ("ConnectionStrings__redis", $"localhost:{_redis},password={Password}");
        yield return ("Storage__DataPath", dataPath);
        yield return ("Cache__Port", $"{_redis}");
        yield return ("Cache__Password", Password);
        yield return ("Cache__DataPath", Path.Combine(dataPath, "cache"));
        foreach (var (other, _) in All)
            yield return ($"services__{other}__http__0", AddressOf(other).ToString());
        if (otlp is null)
            yield break;
        yield return ("OTEL_EXPORTER_OTLP_ENDPOINT", otlp);
        yield return ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        yield return ("OTEL_SERVICE_NAME", name);
        yield return ("OTEL_BSP_SCHEDULE_DELAY", "500");
        yield return ("OTEL_BLRP_SCHEDULE_DELAY", "500");
        yield return ("OTEL_METRIC_EXPORT_INTERVAL", "1000");
        yield return ("OTEL_TRACES_SAMPLER", "always_on");
        yield return ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"); // on a busy machine an export may come too late
        yield return ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
        yield return ("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
        yield return ("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
    }

    private async Task ReadyAsync(string name, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = AddressOf(name) };
        var process = _running.Single(service => service.Name == name).Process;
        var state = "";
        try
        {
            await Eventually.HoldsAsync(async () => !process.HasExited && (state = await StateAsync(http, cancellationToken)) == "Healthy", $"{name} is ready");
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"{name} is not ready ({state}):\n{string.Join('\n', Printed)}", exception);
        }
    }

    private static async Task<string> StateAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("ready", UriKind.Relative), cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }

    private sealed record Running(string Name, Process Process, ConcurrentQueue<string> Lines);
}
