pub static SUBJECTS: [super::Subject; 0] = [];
