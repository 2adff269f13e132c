-- The whole database: what a row means, what it may hold, and the views pages read.
-- Every number carries source_id and locator. Comments read "English | 中文", units in [ ].
-- Views called check_* return rows that must not exist: (table_name, key, column_name, found, expected).

create table source (
    source_id varchar primary key,
    kind varchar not null check (kind in ('report', 'standard', 'notice', 'directory', 'web page', 'press')),
    title_zh varchar not null, title_en varchar not null,
    producer_zh varchar not null, producer_en varchar not null,
    published date, as_of date, accessed date,
    language varchar not null,
    url varchar check (url like 'https://%' and url not like '% %'),
    licence_zh varchar not null, licence_en varchar not null,
    note_zh varchar, note_en varchar
);
comment on table source is 'Publications that the numbers come from | 数字所出自的出版物';
comment on column source.source_id is 'Name of the file in data/sources | data/sources 中的文件名';
comment on column source.kind is 'report, standard, notice, directory, web page or press | 报告、标准、通知、名录、网页或报道';
comment on column source.title_zh is 'Title in Chinese | 中文标题';
comment on column source.title_en is 'Title in English | 英文标题';
comment on column source.producer_zh is 'Who published it, in Chinese | 发布者（中文）';
comment on column source.producer_en is 'Who published it, in English | 发布者（英文）';
comment on column source.published is 'Date of publication; empty when our copy does not say | 发布日期；所用文本未载明则空';
comment on column source.as_of is 'Date its statistics refer to | 统计截至日期';
comment on column source.accessed is 'Date we read it | 读取日期';
comment on column source.language is 'Language of the original, ISO 639-1 | 原文语言，ISO 639-1';
comment on column source.url is 'Address; empty when none is known | 网址；未知则空';
comment on column source.licence_zh is 'Licence as far as stated, in Chinese | 许可（中文）';
comment on column source.licence_en is 'Licence as far as stated, in English | 许可（英文）';
comment on column source.note_zh is 'What a reader must know, in Chinese | 读者须知（中文）';
comment on column source.note_en is 'What a reader must know, in English | 读者须知（英文）';

create table unit (
    unit varchar primary key,
    name_zh varchar not null, name_en varchar not null,
    symbol_zh varchar not null, symbol_en varchar not null
);
comment on table unit is 'Units of measurement | 计量单位';
comment on column unit.unit is 'Code of the unit | 单位代码';
comment on column unit.name_zh is 'Name in Chinese | 中文名称';
comment on column unit.name_en is 'Name in English | 英文名称';
comment on column unit.symbol_zh is 'As written after a number, in Chinese | 数字后的写法（中文）';
comment on column unit.symbol_en is 'As written after a number, in English | 数字后的写法（英文）';

create table place (
    place varchar primary key,
    kind varchar not null check (kind in ('world', 'continent', 'country', 'province', 'rest')),
    parent varchar,
    name_zh varchar not null, name_en varchar not null,
    tile_row integer, tile_col integer,
    check ((tile_row is null) = (tile_col is null)),
    check ((parent is null) = (kind = 'world'))
);
comment on table place is 'World, continents, countries, Chinese provinces and sums of them | 全球、洲、国家、中国省级行政区及其合计';
comment on column place.place is 'ISO 3166-1 alpha-3, ISO 3166-2 for provinces, own codes for sums | 国家为 ISO 3166-1，省为 ISO 3166-2，合计为自定代码';
comment on column place.kind is 'world, continent, country, province or rest (a sum) | 全球、洲、国家、省或合计';
comment on column place.parent is 'The place it belongs to | 所属地方';
comment on column place.name_zh is 'Short name in Chinese | 中文简称';
comment on column place.name_en is 'Short name in English | 英文简称';
comment on column place.tile_row is 'Row in its tile grid, from the top | 瓦片图中的行，自上而下';
comment on column place.tile_col is 'Column in its tile grid, from the left | 瓦片图中的列，自左而右';

create table industry (
    industry varchar primary key,
    scheme varchar not null check (scheme in ('group', 'sector')),
    parent varchar,
    name_zh varchar not null, name_en varchar not null,
    printed_as varchar,
    check ((parent is null) = (scheme = 'group'))
);
comment on table industry is 'Industries: sectors of the directory mapped to groups of the blue book | 行业：名录的行业对应到蓝皮书的大类';
comment on column industry.industry is 'Code of the industry | 行业代码';
comment on column industry.scheme is 'group (blue book) or sector (directory) | 大类（蓝皮书）或行业（名录）';
comment on column industry.parent is 'Group of a sector; the mapping is ours | 行业所属大类；对应关系为本站所定';
comment on column industry.name_zh is 'Name in Chinese | 中文名称';
comment on column industry.name_en is 'Name in English | 英文名称';
comment on column industry.printed_as is 'Exactly as the directory prints it | 名录中的原样写法';

create table level (
    level varchar primary key,
    rank integer not null unique,
    name_zh varchar not null, name_en varchar not null
);
comment on table level is 'Levels of certification | 认证等级';
comment on column level.level is 'Code of the level | 等级代码';
comment on column level.rank is 'Order, lowest first | 次序，由低到高';
comment on column level.name_zh is 'Name in Chinese | 中文名称';
comment on column level.name_en is 'Name in English | 英文名称';

create table series (
    series varchar primary key,
    topic varchar not null,
    unit varchar not null references unit (unit),
    kind varchar not null check (kind in
        ('stock', 'flow', 'share', 'growth', 'forecast', 'rank', 'rule', 'target')),
    name_zh varchar not null, name_en varchar not null
);
comment on table series is 'What is counted or measured; one unit each | 统计指标；每个指标一个单位';
comment on column series.series is 'Code of the series | 指标代码';
comment on column series.topic is 'Subject it belongs to | 所属主题';
comment on column series.unit is 'Unit of all its values | 全部数值的单位';
comment on column series.kind is 'stock, flow, share, growth, forecast, rank, rule or target | 存量、流量、占比、增长、预计、名次、规则或目标';
comment on column series.name_zh is 'Name in Chinese | 中文名称';
comment on column series.name_en is 'Name in English | 英文名称';

create table figure (
    figure_id varchar primary key,
    series varchar not null references series (series),
    place varchar not null references place (place),
    industry varchar references industry (industry),
    level varchar references level (level),
    period_start date, period_end date,
    value double not null check (isfinite(value) and value >= 0),
    relation varchar not null check (relation in ('=', '>', '>=', '<', '~')),
    as_published varchar not null check (as_published <> ''),
    locator varchar not null check (locator <> ''),
    source_id varchar not null references source (source_id),
    note_zh varchar, note_en varchar,
    check (period_start is null or period_end is not null),
    check (period_start is null or period_start <= period_end)
);
comment on table figure is 'Published numbers, one row each, as printed | 已发布的数字，逐条照录';
comment on column figure.figure_id is 'Code of the number | 数字代码';
comment on column figure.series is 'What it counts or measures | 指标';
comment on column figure.place is 'Where | 地方';
comment on column figure.industry is 'Industry, when it is about one | 行业（如有）';
comment on column figure.level is 'Level, when it is about one | 等级（如有）';
comment on column figure.period_start is 'First day of the period; empty for an as-of date | 时段首日；截至日期则空';
comment on column figure.period_end is 'Last day or as-of date; empty when the source states none | 时段末日或截至日期；来源未载明则空';
comment on column figure.value is 'The number [unit of the series], at least 0 | 数值［指标单位］，不小于 0';
comment on column figure.relation is 'How the source means it: = > >= < or ~ (about) | 来源的语气：等于、超过、不少于、不足、约';
comment on column figure.as_published is 'Characters as printed | 原文写法';
comment on column figure.locator is 'Place in the source | 在来源中的位置';
comment on column figure.source_id is 'Source | 来源';
comment on column figure.note_zh is 'Note in Chinese | 备注（中文）';
comment on column figure.note_en is 'Note in English | 备注（英文）';

create table holder (
    account_name varchar primary key,
    holder varchar not null
);
comment on table holder is 'Spellings of account names mapped to one holder; the mapping is ours | 账户名称的不同写法归并到持有人；对应关系为本站所定';
comment on column holder.account_name is 'Exactly as the directory prints it | 名录中的原样写法';
comment on column holder.holder is 'Short name of the holder | 持有人简称';

create table site (
    source_id varchar not null references source (source_id),
    registration_no varchar not null check (registration_no <> ''),
    account_name varchar not null references holder (account_name),
    certificate_name varchar not null,
    country varchar not null references place (place),
    province varchar references place (place),
    admin1 varchar, city varchar, catchment varchar,
    level varchar not null references level (level),
    certificate_type varchar not null check (certificate_type in ('single', 'multi', 'group')),
    date_issued date not null,
    valid_until date not null,
    aws_standard varchar not null,
    sector varchar not null references industry (industry),
    primary key (source_id, registration_no),
    check (date_issued <= valid_until)
);
comment on table site is 'Certified sites as listed in a directory on its date | 名录在其日期所列的认证场址';
comment on column site.source_id is 'Directory it is listed in; also the file name | 所在名录，亦为文件名';
comment on column site.registration_no is 'Registration number, unique in a directory; the place in the source | 注册号，名录内唯一，亦为来源中的位置';
comment on column site.account_name is 'Owner as printed | 账户名称（原样）';
comment on column site.certificate_name is 'Name on the certificate; shared in a group | 证书名称；团体内相同';
comment on column site.country is 'Country, ISO 3166-1 alpha-3 | 国家';
comment on column site.province is 'Province, for sites in China | 省级行政区（中国场址）';
comment on column site.admin1 is 'State or province as in the address | 地址中的州或省';
comment on column site.city is 'City as in the address | 地址中的城市';
comment on column site.catchment is 'Catchment as printed; often empty | 流域（原样）；常为空';
comment on column site.level is 'Level attained | 认证等级';
comment on column site.certificate_type is 'single, multi or group | 单场址、多场址或团体';
comment on column site.date_issued is 'Issue date of the current certificate | 现行证书发证日期';
comment on column site.valid_until is 'Printed expiry of the current certificate, never computed | 现行证书的有效期至，照录不推算';
comment on column site.aws_standard is 'Version of the standard | 标准版本';
comment on column site.sector is 'Industry sector of the directory | 名录行业';

create table programme (
    programme varchar primary key,
    name_zh varchar not null, name_en varchar not null,
    country varchar not null references place (place),
    basin_zh varchar, basin_en varchar,
    status varchar not null check (status in ('running', 'planned')),
    started varchar check (regexp_full_match(started, '\d{4}-\d{2}')),
    phase_note_zh varchar, phase_note_en varchar,
    source_id varchar not null references source (source_id),
    locator varchar not null check (locator <> '')
);
comment on table programme is 'Collective-action accelerators named in the text | 文字中列出的集体行动加速项目';
comment on column programme.programme is 'Code of the programme | 项目代码';
comment on column programme.name_zh is 'Name in Chinese | 中文名称';
comment on column programme.name_en is 'Name in English | 英文名称';
comment on column programme.country is 'Country | 国家';
comment on column programme.basin_zh is 'Basin in Chinese | 流域（中文）';
comment on column programme.basin_en is 'Basin in English | 流域（英文）';
comment on column programme.status is 'running or planned | 实施中或规划中';
comment on column programme.started is 'Month of start, yyyy-mm; empty when not stated | 启动月份；未载明则空';
comment on column programme.phase_note_zh is 'Phases in Chinese | 阶段说明（中文）';
comment on column programme.phase_note_en is 'Phases in English | 阶段说明（英文）';
comment on column programme.source_id is 'Source | 来源';
comment on column programme.locator is 'Place in the source | 在来源中的位置';

create table participant (
    programme varchar not null references programme (programme),
    participant_zh varchar, participant_en varchar,
    role varchar not null check (role in ('brand', 'organisation')),
    list_complete boolean not null,
    certified_level varchar references level (level),
    source_id varchar not null references source (source_id),
    locator varchar not null check (locator <> ''),
    check (coalesce(participant_zh, participant_en) is not null)
);
comment on table participant is 'Brands and organisations printed with a programme | 项目所列的品牌与机构';
comment on column participant.programme is 'Programme | 项目';
comment on column participant.participant_zh is 'Name in Chinese, when printed or certain | 中文名称';
comment on column participant.participant_en is 'Name in English, when printed or certain | 英文名称';
comment on column participant.role is 'brand or organisation | 品牌或机构';
comment on column participant.list_complete is 'false when the source''s list ends with "and others" | 来源以“等”结尾则为 false';
comment on column participant.certified_level is 'Level, where the text states it | 等级（文字载明时）';
comment on column participant.source_id is 'Source | 来源';
comment on column participant.locator is 'Place in the source | 在来源中的位置';

create table practice_company (
    company varchar primary key,
    name_zh varchar not null, name_en varchar not null,
    printed_as varchar not null,
    industry varchar not null references industry (industry),
    basin varchar not null check (basin in ('yangtze', 'pearl', 'yellow', 'huai')),
    waters_zh varchar, waters_en varchar,
    products_zh varchar not null, products_en varchar not null,
    founded varchar check (regexp_full_match(founded, '\d{4}(-\d\d){0,2}')),
    level varchar references level (level),
    locator varchar not null check (locator <> ''),
    source_id varchar not null references source (source_id),
    check ((waters_zh is null) = (waters_en is null))
);
comment on table practice_company is 'Companies whose water stewardship a source describes | 来源所述开展可持续水管理的企业';
comment on column practice_company.company is 'Code of the company | 企业代码';
comment on column practice_company.name_zh is 'Short name in Chinese | 中文简称';
comment on column practice_company.name_en is 'Short name in English; ours where the source prints none | 英文简称；来源未载的为本站所定';
comment on column practice_company.printed_as is 'Name exactly as printed | 原文名称';
comment on column practice_company.industry is 'Sector; the assignment is ours | 行业；归类为本站所定';
comment on column practice_company.basin is 'yangtze, pearl, yellow or huai: the heading it stands under | 长江、珠江、黄河或淮河：来源所列的标题';
comment on column practice_company.waters_zh is 'Waters it names, in Chinese | 文中所称水域（中文）';
comment on column practice_company.waters_en is 'Waters it names, in English | 文中所称水域（英文）';
comment on column practice_company.products_zh is 'What it makes, in Chinese | 产品（中文）';
comment on column practice_company.products_en is 'What it makes, in English | 产品（英文）';
comment on column practice_company.founded is 'Founded, yyyy, yyyy-mm or yyyy-mm-dd; empty when not stated | 成立时间；未载明则空';
comment on column practice_company.level is 'Highest level the source states for it; empty when none | 来源所称最高等级；未载明则空';
comment on column practice_company.locator is 'Place in the source | 在来源中的位置';
comment on column practice_company.source_id is 'Source | 来源';

create table practice_site (
    site varchar primary key,
    company varchar not null references practice_company (company),
    name_zh varchar not null, name_en varchar not null,
    province varchar references place (place),
    registry varchar references source (source_id),
    registration_no varchar,
    match varchar not null check (match in ('certain', 'together', 'likely', 'none')),
    reason_zh varchar not null, reason_en varchar not null,
    locator varchar not null check (locator <> ''),
    source_id varchar not null references source (source_id),
    check ((registry is null) = (registration_no is null)),
    check ((registration_no is null) = (match = 'none'))
);
comment on table practice_site is 'Sites the companies name, joined to a directory where they can be | 企业所称场址，可对应者与名录对应';
comment on column practice_site.site is 'Code of the named site | 场址代码';
comment on column practice_site.company is 'Company | 企业';
comment on column practice_site.name_zh is 'Name in Chinese | 中文名称';
comment on column practice_site.name_en is 'Name in English | 英文名称';
comment on column practice_site.province is 'Province of its city; empty when no city is stated | 所在省；未写明城市则空';
comment on column practice_site.registry is 'Directory it is joined to | 所对应的名录';
comment on column practice_site.registration_no is 'Registration number there; empty when it cannot be joined | 名录中的注册号；不能对应则空';
comment on column practice_site.match is 'certain, together (the set agrees, not which is which), likely (all but the name agrees) or none | 确定、整体对应、很可能、无';
comment on column practice_site.reason_zh is 'Why, in Chinese | 理由（中文）';
comment on column practice_site.reason_en is 'Why, in English | 理由（英文）';
comment on column practice_site.locator is 'Place in the source that names it | 在来源中的位置';
comment on column practice_site.source_id is 'Source that names it | 来源';

create table practice_certification (
    company varchar not null references practice_company (company),
    happened varchar check (regexp_full_match(happened, '\d{4}(-\d\d)?')),
    level varchar references level (level),
    what_zh varchar, what_en varchar,
    as_published varchar not null check (as_published <> ''),
    locator varchar not null check (locator <> ''),
    source_id varchar not null references source (source_id),
    check ((what_zh is null) = (what_en is null))
);
comment on table practice_certification is 'Certification history of the companies as printed | 来源所载企业认证经过';
comment on column practice_certification.company is 'Company | 企业';
comment on column practice_certification.happened is 'When, yyyy or yyyy-mm; empty when not stated | 时间；未载明则空';
comment on column practice_certification.level is 'Level; empty when not stated | 等级；未载明则空';
comment on column practice_certification.what_zh is 'What happened or to which sites, in Chinese | 事项或场址（中文）';
comment on column practice_certification.what_en is 'What happened or to which sites, in English | 事项或场址（英文）';
comment on column practice_certification.as_published is 'Characters as printed | 原文写法';
comment on column practice_certification.locator is 'Place in the source | 在来源中的位置';
comment on column practice_certification.source_id is 'Source | 来源';

create table practice_fact (
    fact_id varchar primary key,
    company varchar not null references practice_company (company),
    site varchar references practice_site (site),
    kind varchar not null check (kind in ('profile', 'certification', 'capacity', 'result',
        'change', 'activity', 'target', 'recognition')),
    outcome varchar check (outcome in ('governance', 'balance', 'quality', 'areas', 'wash')),
    label_zh varchar not null, label_en varchar not null,
    value double check (isfinite(value) and value >= 0),
    unit varchar references unit (unit),
    relation varchar check (relation in ('=', '>', '>=', '<', '<=', '~')),
    as_published varchar not null check (as_published <> ''),
    period varchar check (regexp_full_match(period, '\d{4}(/\d{4}|(-\d\d){0,2})')),
    scope varchar not null check (scope in ('site', 'group', 'customers', 'community')),
    locator varchar not null check (locator <> ''),
    source_id varchar not null references source (source_id),
    note_zh varchar, note_en varchar,
    check ((value is null) = (unit is null)),
    check ((value is null) = (relation is null)),
    check ((note_zh is null) = (note_en is null)),
    check (site is null or scope = 'site')
);
comment on table practice_fact is 'Quantities and dated statements about the companies, one row each, as printed | 企业的数量与有日期的事实，逐条照录';
comment on column practice_fact.fact_id is 'Code of the fact | 事实代码';
comment on column practice_fact.company is 'Company | 企业';
comment on column practice_fact.site is 'Named site, when it is about one | 场址（如有）';
comment on column practice_fact.kind is 'profile, certification, capacity, result, change, activity, target or recognition | 概况、认证、能力、成效、变化、行动、目标或荣誉';
comment on column practice_fact.outcome is 'governance, balance, quality, areas or wash; empty for none of them | 五项成果之一；不属则空';
comment on column practice_fact.label_zh is 'Our short label in Chinese | 本站短标签（中文）';
comment on column practice_fact.label_en is 'Our short label in English | 本站短标签（英文）';
comment on column practice_fact.value is 'The number [unit], at least 0; empty when the source states none | 数值［单位］，不小于 0；未载明则空';
comment on column practice_fact.unit is 'Unit of the value | 单位';
comment on column practice_fact.relation is 'How the source means it: = > >= < <= or ~ (about) | 来源的语气：等于、超过、不少于、不足、不超过、约';
comment on column practice_fact.as_published is 'Characters as printed | 原文写法';
comment on column practice_fact.period is 'Year, month, day or years from/to; empty when not stated | 年、月、日或起止年；未载明则空';
comment on column practice_fact.scope is 'site, group (or company), customers or community: never to be added up | 场址、集团（公司）、客户或社区：不可相加';
comment on column practice_fact.locator is 'Place in the source | 在来源中的位置';
comment on column practice_fact.source_id is 'Source | 来源';
comment on column practice_fact.note_zh is 'Note in Chinese | 备注（中文）';
comment on column practice_fact.note_en is 'Note in English | 备注（英文）';

create table practice_measure (
    company varchar not null references practice_company (company),
    outcome varchar not null check (outcome in ('governance', 'balance', 'quality', 'areas', 'wash')),
    type varchar not null check (type in ('organisation', 'plan', 'stakeholders', 'suppliers',
        'training', 'risk', 'metering', 'process', 'reuse', 'treatment', 'monitoring', 'habitat',
        'sanitation')),
    text_zh varchar not null, text_en varchar not null,
    locator varchar not null check (locator <> ''),
    source_id varchar not null references source (source_id)
);
comment on table practice_measure is 'Measures the companies took, in our own short words | 企业采取的措施，以本站的简短文字表述';
comment on column practice_measure.company is 'Company | 企业';
comment on column practice_measure.outcome is 'Outcome of the AWS Standard it serves; the assignment is ours | 所属 AWS 标准成果；归类为本站所定';
comment on column practice_measure.type is 'Kind of measure; the assignment is ours | 措施类别；归类为本站所定';
comment on column practice_measure.text_zh is 'The measure in Chinese | 措施（中文）';
comment on column practice_measure.text_en is 'The measure in English | 措施（英文）';
comment on column practice_measure.locator is 'Place in the source | 在来源中的位置';
comment on column practice_measure.source_id is 'Source | 来源';

create table practice_industry (
    standard varchar not null,
    rule_industry varchar not null,
    industry varchar not null references industry (industry),
    primary key (standard, rule_industry)
);
comment on table practice_industry is 'Industries of a rule set that evidently belong to a group; the mapping is ours | 规则所列行业中明显属于某大类者；对应关系为本站所定';
comment on column practice_industry.standard is 'Folder in data/standards | data/standards 中的文件夹';
comment on column practice_industry.rule_industry is 'Industry of the rule set | 规则中的行业';
comment on column practice_industry.industry is 'Group it belongs to | 所属大类';

create table certification_rule (
    rule varchar primary key,
    topic varchar not null check (topic in ('certificate', 'registration', 'group', 'transition')),
    name_zh varchar not null, name_en varchar not null,
    text_zh varchar not null, text_en varchar not null,
    value double check (isfinite(value) and value > 0),
    unit varchar references unit (unit),
    day date,
    source_id varchar not null references source (source_id),
    locator varchar not null check (locator <> ''),
    check ((value is null) = (unit is null)),
    check (topic <> 'transition' or (day is not null and unit = 'year'))
);
comment on table certification_rule is 'What the sources say about certificates, audits, groups and the transition to V3.0 | 来源中关于证书、审核、团体与 3.0 版过渡期的规定';
comment on column certification_rule.rule is 'Code of the rule; sources that disagree have a row each | 规则代码；来源不一致时各占一行';
comment on column certification_rule.topic is 'certificate, registration, group or transition | 证书、注册、团体或过渡期';
comment on column certification_rule.name_zh is 'Name in Chinese | 中文名称';
comment on column certification_rule.name_en is 'Name in English | 英文名称';
comment on column certification_rule.text_zh is 'The rule in our words, in Chinese | 规则（本站表述，中文）';
comment on column certification_rule.text_en is 'The rule in our words, in English | 规则（本站表述，英文）';
comment on column certification_rule.value is 'Its number, if it has one | 数值（如有）';
comment on column certification_rule.unit is 'Unit of the number | 数值的单位';
comment on column certification_rule.day is 'Its date: in force from, or end of the transition | 日期：起用日，或过渡期结束日';
comment on column certification_rule.source_id is 'Source | 来源';
comment on column certification_rule.locator is 'Place in the source | 在来源中的位置';

-- What pages read -------------------------------------------------------------------------

create view site_described as
select s.source_id, s.registration_no, s.account_name, h.holder, s.certificate_name,
    s.country, c.name_zh as country_zh, c.name_en as country_en,
    c.parent as continent, k.name_zh as continent_zh, k.name_en as continent_en,
    s.province, p.name_zh as province_zh, p.name_en as province_en, s.city, s.catchment,
    s.level, l.rank as level_rank, s.certificate_type, s.date_issued, s.valid_until,
    s.aws_standard, s.sector, i.name_zh as sector_zh, i.name_en as sector_en,
    i.parent as industry, g.name_zh as industry_zh, g.name_en as industry_en,
    case when s.country = 'CHN' then 'CHN' else 'XCN' end as side
from site s
join holder h using (account_name)
join place c on c.place = s.country
join place k on k.place = c.parent
left join place p on p.place = s.province
join level l on l.level = s.level
join industry i on i.industry = s.sector
join industry g on g.industry = i.parent;
comment on view site_described is 'Sites with the names and groups of their codes; side is China or the other countries | 场址及其代码的名称与归类';

create view figure_described as
select f.figure_id, f.series, r.name_zh as series_zh, r.name_en as series_en, r.kind, r.topic,
    f.place, p.name_zh as place_zh, p.name_en as place_en,
    f.industry, i.name_zh as industry_zh, i.name_en as industry_en,
    f.level, l.name_zh as level_zh, l.name_en as level_en,
    f.period_start, f.period_end, f.value, f.relation,
    u.symbol_zh as unit_zh, u.symbol_en as unit_en,
    f.as_published, f.locator, f.source_id, f.note_zh, f.note_en
from figure f
join series r using (series)
join unit u using (unit)
join place p using (place)
left join industry i using (industry)
left join level l on l.level = f.level;
comment on view figure_described is 'Published numbers with the names of their codes | 已发布数字及其代码名称';

create view sites_over_time as
select f.place, f.period_start, f.period_end, f.value, f.relation, f.source_id, f.locator, f.figure_id
from figure f
where f.series = 'certified_sites' and f.place in ('WLD', 'CHN') and f.level is null and f.relation <> '>'
union all
select 'CHN', null, d.as_of, count(*), '=', s.source_id, 'column Site Country', null
from site s join source d using (source_id)
where s.country = 'CHN'
group by s.source_id, d.as_of;
comment on view sites_over_time is 'How many sites were certified, when: printed totals of the world and China, and rows counted in a directory | 各时点的认证场址数：刊出的总数与名录计数';

create view practice_company_described as
select c.*, i.name_zh as sector_zh, i.name_en as sector_en,
    i.parent as industry_group, g.name_zh as group_zh, g.name_en as group_en
from practice_company c
join industry i on i.industry = c.industry
join industry g on g.industry = i.parent
order by c.rowid;
comment on view practice_company_described is 'Companies with the names of their industries | 企业及其行业名称';

create view practice_site_described as
select p.*, s.certificate_name, s.level as directory_level, s.certificate_type,
    s.date_issued, s.valid_until, s.city
from practice_site p
left join site s on s.source_id = p.registry and s.registration_no = p.registration_no
order by p.rowid;
comment on view practice_site_described is 'Named sites with what the directory says of them today | 企业所称场址及其在名录中的现状';

create view practice_fact_described as
select f.*, u.symbol_zh as unit_zh, u.symbol_en as unit_en,
    s.name_zh as site_zh, s.name_en as site_en
from practice_fact f
left join unit u on u.unit = f.unit
left join practice_site s on s.site = f.site
order by f.rowid;
comment on view practice_fact_described is 'Facts about companies with the names of their units and sites | 企业事实及其单位与场址名称';

create view data_dictionary as
select table_name, '' as column_name, 'table' as data_type, 0 as position,
    split_part(comment, ' | ', 2) as zh, split_part(comment, ' | ', 1) as en
from duckdb_tables()
union all
select c.table_name, c.column_name, c.data_type, c.column_index,
    split_part(c.comment, ' | ', 2), split_part(c.comment, ' | ', 1)
from duckdb_columns() c join duckdb_tables() t using (table_name)
order by table_name, position;
comment on view data_dictionary is 'What every table and column means | 各表与字段的含义';

-- What must not happen across tables ------------------------------------------------------

create view check_percentages as
select 'figure' as table_name, figure_id as key, 'value' as column_name,
    value::varchar as found, 'a share between 0 and 100 percent' as expected
from figure join series using (series)
where unit = 'percent' and kind = 'share' and value > 100;

create view check_parents as
select 'place' as table_name, place as key, 'parent' as column_name, parent as found,
    'a place of data/places.csv of the kind above: continent in world, country in continent, province in CHN'
        as expected
from place c
where parent is not null and not exists (
    select 1 from place p where p.place = c.parent and (c.kind, p.kind) in
        (('continent', 'world'), ('country', 'continent'), ('province', 'country'),
         ('rest', 'world'), ('rest', 'country')))
union all
select 'industry', industry, 'parent', parent, 'a group of data/industries.csv'
from industry c
where parent is not null
    and not exists (select 1 from industry p where p.industry = c.parent and p.scheme = 'group');

create view check_whole_numbers as
select 'figure' as table_name, f.figure_id as key, 'series' as column_name, f.series as found,
    'a whole number, because the series counts things' as expected
from figure f join series r using (series)
where r.unit not in ('percent', 'cubic_metre_1e12') and f.value <> floor(f.value);

create view check_site_places as
select 'site' as table_name, source_id || ' ' || registration_no as key, 'province' as column_name,
    coalesce(province, '(empty)') as found,
    'a province for sites in CHN, and only for them' as expected
from site
where (country = 'CHN') <> (province is not null)
union all
select 'site', source_id || ' ' || registration_no, 'country', country, 'a country of data/places.csv'
from site s
where not exists (select 1 from place p where p.place = s.country and p.kind = 'country')
union all
select 'site', source_id || ' ' || registration_no, 'sector', sector, 'a sector, not a group'
from site s join industry i on i.industry = s.sector
where i.scheme <> 'sector';

create view check_certificate_dates as
select 'site' as table_name, source_id || ' ' || registration_no as key,
    case when date_issued > as_of then 'date_issued' else 'valid_until' end as column_name,
    case when date_issued > as_of then date_issued else valid_until end::varchar as found,
    'issued on or before ' || as_of || ', the date of the directory, and still valid on it' as expected
from site join source using (source_id)
where date_issued > as_of or valid_until < as_of;

create view check_tiles as
select 'place' as table_name, place as key, 'tile_col' as column_name,
    tile_row || ',' || tile_col as found, 'a tile that no other place of this kind stands on' as expected
from place
where tile_row is not null
qualify count(*) over (partition by kind, tile_row, tile_col) > 1;

create view check_practice_sites as
select 'practice_site' as table_name, p.site as key, 'registration_no' as column_name,
    p.registration_no as found, 'a registration number of ' || p.registry as expected
from practice_site p
where p.registration_no is not null and not exists (
    select 1 from site s
    where s.source_id = p.registry and s.registration_no = p.registration_no)
union all
select 'practice_site', p.site, 'province', coalesce(p.province, '(empty)'),
    s.province || ', where the directory has it'
from practice_site p
join site s on s.source_id = p.registry and s.registration_no = p.registration_no
where p.province <> s.province
union all
select 'practice_fact', f.fact_id, 'site', f.site, 'a site of ' || f.company
from practice_fact f join practice_site p using (site)
where p.company <> f.company;
