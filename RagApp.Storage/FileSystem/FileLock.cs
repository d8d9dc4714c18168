using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.FileSystem;

/// <summary>
/// Locks names between the threads and processes of one machine, with 64 files, each opened without sharing while it is
/// held. The operating system releases the lock when a process dies.
/// </summary>
internal sealed class FileLock(string folder, TimeProvider time)
{
    private const int Stripes = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly SemaphoreSlim[] _inProcess = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var stripe = SHA256.HashData(Encoding.UTF8.GetBytes(name))[0] % Stripes;
        await _inProcess[stripe].WaitAsync(cancellationToken);
        try
        {
            return new Held(await OpenAsync(Path.Combine(folder, $"{stripe:x2}"), cancellationToken), _inProcess[stripe]);
        }
        catch
        {
            _inProcess[stripe].Release();
            throw;
        }
    }

    private async Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>True when another process holds the file: a sharing violation on Windows, EWOULDBLOCK elsewhere.</summary>
    private static bool IsHeld(IOException exception) =>
        exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
        && (exception.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    private sealed class Held(FileStream file, SemaphoreSlim inProcess) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            inProcess.Release();
        }
    }
}
