using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// Where the running service listens for verbs: a Unix domain socket in a folder that only its user may enter. That
/// user may open the stores as well, so the socket opens nothing that was not open before; and who knows the data
/// folder finds it without port or key. A path too long for a socket's name, or a file system that has no sockets,
/// gets a short one in the temporary folder instead, named after the data folder.
/// </summary>
internal static class MaintenanceSocket
{
    /// <summary>Longest path of a socket in bytes: 104 on BSD and macOS, 108 on Linux, the end included.</summary>
    private const int MaxPathBytes = 103;

    private const string FileName = "service.sock";

    /// <summary>The places to listen on or to look at, in this order.</summary>
    public static IReadOnlyList<string> PathsFor(string dataPath)
    {
        var own = Path.Combine(dataPath, "maintenance", FileName);
        return Encoding.UTF8.GetByteCount(own) <= MaxPathBytes ? [own, ShortPathFor(dataPath)] : [ShortPathFor(dataPath)];
    }

    /// <summary>Creates the socket's folder for this user alone.</summary>
    /// <exception cref="UnauthorizedAccessException">Somebody else made a folder of that name.</exception>
    public static void CreateFolder(string socket)
    {
        var folder = Path.GetDirectoryName(socket)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, mine);
        File.SetUnixFileMode(folder, mine); // fails for a folder of somebody else's
    }

    /// <summary>A connection to the service that listens there; null when none does.</summary>
    /// <exception cref="UnauthorizedAccessException">It is not open to this user.</exception>
    public static async Task<Stream?> TryConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            return exception.SocketErrorCode == SocketError.AccessDenied
                ? throw new UnauthorizedAccessException(exception.Message, exception)
                : null;
        }
    }

    private static string ShortPathFor(string dataPath)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataPath))));
        return Path.Combine(Path.GetTempPath(), $"ragapp-{Convert.ToHexStringLower(name.AsSpan(0, 8))}", FileName);
    }
}
