using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// The Unix domain socket on which the running service listens for verbs, in a folder that only the service's user may
/// enter. That user may open the stores anyway, so the socket grants no new right. It is found from the data folder,
/// without a port or key. When the path is too long for a socket, or the file system has no sockets, a short path in
/// the temporary folder is used, named after the data folder.
/// </summary>
internal static class MaintenanceSocket
{
    /// <summary>Longest path of a socket in bytes: 104 on BSD and macOS, 108 on Linux, including the final zero.</summary>
    private const int MaxPathBytes = 103;

    private const string FileName = "service.sock";

    /// <summary>The paths to listen on or to connect to, in order of preference.</summary>
    public static IReadOnlyList<string> PathsFor(string dataPath)
    {
        var own = Path.Combine(dataPath, "maintenance", FileName);
        return Encoding.UTF8.GetByteCount(own) <= MaxPathBytes ? [own, ShortPathFor(dataPath)] : [ShortPathFor(dataPath)];
    }

    /// <summary>Creates the socket's folder for this user alone.</summary>
    /// <exception cref="UnauthorizedAccessException">Another user owns a folder of that name.</exception>
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
        File.SetUnixFileMode(folder, mine); // fails for a folder of another user
    }

    /// <summary>Connects to the service that listens on the path; null when none does.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not open the socket.</exception>
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
