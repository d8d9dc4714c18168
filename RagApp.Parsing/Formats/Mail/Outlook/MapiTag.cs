namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>Numbers of the MAPI properties in use ([MS-OXPROPS]).</summary>
internal static class MapiTag
{
    public const ushort Subject = 0x0037;
    public const ushort SubmitTime = 0x0039;
    public const ushort RepresentedName = 0x0042;
    public const ushort RepresentedAddress = 0x0065;
    public const ushort TransportHeaders = 0x007D;
    public const ushort RecipientType = 0x0C15;
    public const ushort SenderName = 0x0C1A;
    public const ushort SenderAddress = 0x0C1F;
    public const ushort DeliveryTime = 0x0E06;
    public const ushort Body = 0x1000;
    public const ushort CompressedRtf = 0x1009;
    public const ushort Html = 0x1013;
    public const ushort DisplayName = 0x3001;
    public const ushort Address = 0x3003;
    public const ushort CreationTime = 0x3007;
    public const ushort AttachmentData = 0x3701;
    public const ushort ShortFileName = 0x3704;
    public const ushort LongFileName = 0x3707;
    public const ushort AttachmentType = 0x370E;
    public const ushort SmtpAddress = 0x39FE;
    public const ushort InternetCodePage = 0x3FDE;
    public const ushort MessageCodePage = 0x3FFD;
    public const ushort SenderSmtpAddress = 0x5D01;
}
