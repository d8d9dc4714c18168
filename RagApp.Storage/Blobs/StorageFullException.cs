namespace RagApp.Storage.Blobs;

/// <summary>A write failed because the storage is full; nothing of it was kept.</summary>
public sealed class StorageFullException(string place, Exception cause)
    : IOException($"There is no room left in {place}: free or add space; waiting work then continues by itself.", cause)
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int MacQuota = 69;
    private const int WindowsHandleDiskFull = 39;
    private const int WindowsDiskFull = 112;

    /// <summary>True when an error of the file system means that a disk or a quota is full.</summary>
    public static bool IsCause(Exception exception) => exception is StorageFullException || (exception is IOException && (OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) is WindowsDiskFull or WindowsHandleDiskFull
        : exception.HResult is LinuxNoSpace or LinuxQuota or MacQuota));
}
