using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Campaigns;

/// <summary>Section <c>Huoma:Campaigns</c>.</summary>
internal sealed class CampaignsOptions
{
    public const string Section = "Huoma:Campaigns";

    /// <summary>Days after the end of a campaign after which the personal data of everybody in it are removed; the participants' pages say so.</summary>
    [Range(1, 3_650, ErrorMessage = "Huoma:Campaigns:KeepPersonalDays must be 1 to 3650")]
    public int KeepPersonalDays { get; init; } = 365;
}

[OptionsValidator]
internal sealed partial class CampaignsOptionsValidator : IValidateOptions<CampaignsOptions>;
