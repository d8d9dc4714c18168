using System.Text.Json;

namespace RagApp.Ingestion.Maintenance;

/// <summary>Asks the running service to run a verb.</summary>
internal static class MaintenanceClient
{
    /// <summary>Runs the verb in the service of this data folder; null when none is running.</summary>
    /// <exception cref="VerbException">The service ended before the verb did, or this user may not open its socket.</exception>
    public static async Task<VerbUpdate?> RunAsync(
        string dataPath, string verb, VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        foreach (var socket in MaintenanceSocket.PathsFor(dataPath))
        {
            if (await TryConnectAsync(socket, cancellationToken) is not { } connection)
                continue;
            using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult(connection) })
            {
                BaseAddress = new Uri("http://service"),
                Timeout = Timeout.InfiniteTimeSpan,
            };
            return await RunAsync(http, verb, arguments, progress, cancellationToken);
        }
        return null;
    }

    private static async Task<Stream?> TryConnectAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await MaintenanceSocket.TryConnectAsync(path, cancellationToken);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new VerbException($"The service listens on {path}, which is not open to you: run this as the user that the service runs as.", inner: exception);
        }
    }

    private static async Task<VerbUpdate> RunAsync(
        HttpClient http, string verb, VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, MaintenanceListener.Route + verb)
            {
                Content = JsonContent.Create(arguments, MaintenanceJson.Default.VerbArguments),
            };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                var update = JsonSerializer.Deserialize(line, MaintenanceJson.Default.VerbUpdate)!;
                if (update.Kind == VerbUpdateKind.End)
                    return update;
                progress.Report(update);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new VerbException($"The service ended before '{verb}' did: {exception.Message} Look at its log, and run this again.", inner: exception);
        }
        throw new VerbException($"The service ended before '{verb}' did. Look at its log, and run this again.");
    }
}
