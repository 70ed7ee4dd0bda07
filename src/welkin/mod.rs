//! The Welkin Health v8 API: care management.

crate::api! {
    /// A client of the Welkin Health API over your own transport and token source.
    Welkin, with the records of pages, webhooks;

    /// Tokens in exchange for the secret of an API client.
    auth: AuthResource,
    /// Users of the tenant.
    users: UsersResource,
    /// Which portals and instances users may enter.
    user_app_accesses: UserAppAccessesResource,
    /// Roles and policies of users.
    user_permissions: UserPermissionsResource,
    /// Regions and territories of users.
    user_territories: UserTerritoriesResource,
    /// Patient records.
    patients: PatientsResource,
    /// Enrolment of patients in programs.
    patient_programs: PatientProgramsResource,
    /// Program definitions.
    programs: ProgramsResource,
    /// Definitions of custom data types (CDTs).
    cdt_formations: CdtFormationsResource,
    /// Goal template definitions.
    goal_templates: GoalTemplatesResource,
    /// Custom data type (CDT) records of patients.
    cdt_records: CdtRecordsResource,
    /// Calendar events.
    calendar_events: CalendarEventsResource,
    /// Work hours of users.
    work_hours: WorkHoursResource,
    /// Schedules of users.
    schedules: SchedulesResource,
    /// Chat of patients with their care team.
    chat_messages: ChatMessagesResource,
    /// Emails from and to patients.
    emails: EmailsResource,
    /// Emails without a known patient.
    unrecognized_emails: UnrecognizedEmailsResource,
    /// SMS from and to patients.
    sms: SmsResource,
    /// SMS without a known patient.
    unrecognized_sms: UnrecognizedSmsResource,
    /// Log of changes to data.
    data_audit: DataAuditResource,
    /// Log of changes to access rights.
    security_audit: SecurityAuditResource,
    /// Log of calls to webhooks.
    webhook_audit: WebhookAuditResource,
    /// Heads of patient documents: type and files.
    document_summaries: DocumentSummariesResource,
    /// Files of patient documents.
    document_files: DocumentFilesResource,
    /// Details of patient documents, in the fields of their type.
    document_type_records: DocumentTypeRecordsResource,
    /// Document type definitions.
    document_types: DocumentTypesResource,
    /// Rows of dictionaries.
    dictionary_records: DictionaryRecordsResource,
    /// Dictionary definitions.
    dictionary_formations: DictionaryFormationsResource,
    /// Encounters with patients.
    encounters: EncountersResource,
    /// Comments on encounters.
    encounter_comments: EncounterCommentsResource,
    /// Links from encounters to assessments.
    encounter_assessments: EncounterAssessmentsResource,
    /// Dispositions of encounters.
    encounter_dispositions: EncounterDispositionsResource,
    /// The definition of dispositions.
    encounter_disposition_formations: EncounterDispositionFormationsResource,
    /// Encounter template definitions.
    encounter_templates: EncounterTemplatesResource,
    /// Assessment definitions.
    assessments: AssessmentsResource,
    /// Assessments that were filled, or are to be.
    assessment_records: AssessmentRecordsResource,
    /// Care plans of patients.
    care_plans: CarePlansResource,
    /// Goals of care plans.
    goals: GoalsResource,
    /// Comments on goals.
    goal_comments: GoalCommentsResource,
    /// Tasks of goals.
    goal_tasks: GoalTasksResource,
    /// Tasks of users.
    tasks: TasksResource,
    /// Bulk exports.
    exports: ExportsResource,
}
