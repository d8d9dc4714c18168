using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using RagApp.Storage;

namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// Accepts verbs for the running service, on a separate server that listens only on <see cref="MaintenanceSocket"/>: it
/// cannot be reached through the service's port.
/// </summary>
internal sealed class MaintenanceListener(
    MaintenanceRunner runner, IOptions<StorageOptions> storage, TimeProvider time, ILogger<MaintenanceListener> logger)
    : IHostedService, IDisposable
{
    public const string Route = "/verbs/";

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await WaitForVerbsAsync(cancellationToken);
        foreach (var socket in MaintenanceSocket.PathsFor(storage.Value.DataPath))
        {
            if (await TryListenAsync(socket, cancellationToken))
                return;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_server is not null)
        {
            await _server.StopAsync(cancellationToken);
            await _server.DisposeAsync();
            _server = null;
        }
    }

    public void Dispose()
    {
        ((IDisposable?)_server)?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Waits for a command that works on the stores itself because it found no service running: two writers would interfere.</summary>
    private async Task WaitForVerbsAsync(CancellationToken cancellationToken)
    {
        var told = false;
        while (MaintenanceLock.HolderOf(storage.Value.DataPath) is { } holder)
        {
            if (!told)
                logger.WaitingForVerb(holder);
            told = true;
            await Task.Delay(LockPause, time, cancellationToken);
        }
    }

    private async Task<bool> TryListenAsync(string socket, CancellationToken cancellationToken)
    {
        try
        {
            MaintenanceSocket.CreateFolder(socket);
            await RemoveLeftAsync(socket, cancellationToken);
            _server = Build(socket);
            await _server.StartAsync(cancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            logger.SocketOpen(socket);
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException)
        {
            logger.SocketUnavailable(socket, exception.Message);
            if (_server is not null)
                await _server.DisposeAsync();
            _server = null;
            return false;
        }
    }

    /// <summary>Deletes a socket file that a crashed service left behind.</summary>
    private static async Task RemoveLeftAsync(string socket, CancellationToken cancellationToken)
    {
        await using var other = await MaintenanceSocket.TryConnectAsync(socket, cancellationToken);
        if (other is not null)
            throw new IOException("Another service listens there: only one document-ingestion may run on a data folder.");
        File.Delete(socket);
    }

    private WebApplication Build(string socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        server.UseRouting();
        server.MapPost(Route + "{name}", RunAsync);
        return server;
    }

    /// <summary>Runs a verb until it ends or the caller disconnects; every update is a line of JSON.</summary>
    private async Task RunAsync(HttpContext context)
    {
        var name = (string)context.GetRouteValue("name")!;
        var arguments = await JsonSerializer.DeserializeAsync(context.Request.Body, MaintenanceJson.Default.VerbArguments, context.RequestAborted);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);

        // Unbounded: status updates are thinned out, and the other lines are those of a table.
        var updates = Channel.CreateUnbounded<VerbUpdate>(new UnboundedChannelOptions { SingleReader = true });
        var running = RunAsync(name, arguments ?? VerbArguments.None, updates.Writer, ended.Token);
        context.Response.ContentType = "application/x-ndjson";
        await foreach (var update in updates.Reader.ReadAllAsync(CancellationToken.None))
            await WriteAsync(context.Response, update);
        await running;
    }

    private async Task RunAsync(string name, VerbArguments arguments, ChannelWriter<VerbUpdate> updates, CancellationToken cancellationToken)
    {
        var progress = new ThinnedProgress(time, update => updates.TryWrite(update));
        updates.TryWrite(await runner.RunAsync(name, arguments, "the command line", progress, cancellationToken));
        updates.Complete();
    }

    private static async Task WriteAsync(HttpResponse response, VerbUpdate update)
    {
        if (response.HttpContext.RequestAborted.IsCancellationRequested)
            return; // nobody reads the updates any more; the verb still runs to its end
        await JsonSerializer.SerializeAsync(response.Body, update, MaintenanceJson.Default.VerbUpdate);
        await response.Body.WriteAsync("\n"u8.ToArray());
        await response.Body.FlushAsync();
    }
}
